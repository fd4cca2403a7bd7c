import { expect, test } from "vitest";
import { deleteView } from "@/lib/views/delete-view";
import { listViews } from "@/lib/views/list-views";
import { renameView } from "@/lib/views/rename-view";
import { saveView } from "@/lib/views/save-view";
import { failure } from "@/tests/support/failure";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const STRANGER = "01900000-0000-7000-8000-000000000000";
const named = (name: string, query = "range=7d") => ({ page: "traces" as const, name, query });

test("a view comes back by name, on its page and in its project only", async () => {
	const [project, other] = [await newProject(), await newProject()];
	await saveView(project.id, named("slow", "filter=latency+%3E+2s&cols=name:200"));
	await saveView(project.id, named("failing"));
	await saveView(project.id, { ...named("elsewhere"), page: "spans" });
	await saveView(other.id, named("theirs"));
	const views = await listViews(project.id, "traces");
	expect(views.map(({ name, query }) => [name, query])).toEqual([
		["failing", "range=7d"],
		["slow", "filter=latency+%3E+2s&cols=name:200"],
	]);
});

test("saving under a name that is taken replaces that view and no other", async () => {
	const project = await newProject();
	const first = await saveView(project.id, named("mine"));
	await saveView(project.id, { ...named("mine"), page: "users" });
	const second = await saveView(project.id, named("mine", "range=1h"));
	expect([second.id, second.query]).toEqual([first.id, "range=1h"]);
	expect((await listViews(project.id, "users"))[0]?.query).toBe("range=7d");
});

test("a view is renamed and deleted by its own project only, and never onto another's name", async () => {
	const [project, other] = [await newProject(), await newProject()];
	const { id } = await saveView(project.id, named("old"));
	await saveView(project.id, named("taken"));
	await renameView(project.id, id, "new");
	expect(await failure(() => renameView(project.id, id, "taken"))).toMatchObject({ code: "invalid_input" });
	for (const attempt of [
		() => renameView(other.id, id, "stolen"),
		() => deleteView(other.id, id),
		() => deleteView(project.id, STRANGER),
		() => deleteView(project.id, "no uuid"),
		() => saveView(STRANGER, named("nowhere")),
	]) {
		expect(await failure(attempt)).toMatchObject({ code: "not_found" });
	}
	expect((await listViews(project.id, "traces")).map(({ name }) => name)).toEqual(["new", "taken"]);
	await deleteView(project.id, id);
	expect((await listViews(project.id, "traces")).map(({ name }) => name)).toEqual(["taken"]);
});
