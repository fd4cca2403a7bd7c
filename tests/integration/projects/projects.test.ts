import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { randomHex } from "@/lib/ids";
import { createProject } from "@/lib/projects/create-project";
import { deleteProject } from "@/lib/projects/delete-project";
import { findProjectIds } from "@/lib/projects/find-project-ids";
import { getProject, getProjectByReference } from "@/lib/projects/get-project";
import { listProjects } from "@/lib/projects/list-projects";
import { renameProject } from "@/lib/projects/rename-project";
import { failure } from "@/tests/support/failure";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const ABSENT = "00000000-0000-7000-8000-000000000000";

describe("project verbs", () => {
	it("create, find by id and by name, rename and delete", async () => {
		const project = await newProject();
		expect(await getProject(project.id)).toEqual(project);
		expect(await getProjectByReference(project.name)).toEqual(project);
		expect(await getProjectByReference(project.id)).toEqual(project);
		const name = `renamed ${randomHex(4)}`;
		expect(await renameProject(project.id, { name })).toEqual({ ...project, name });
		expect((await listProjects()).map((other) => other.id)).toContain(project.id);
		await deleteProject(project.id);
		expect((await failure(() => getProject(project.id))).code).toBe("not_found");
	});

	it("refuse a name that is taken", async () => {
		const [one, two] = [await newProject(), await newProject()];
		const conflicts = [() => createProject({ name: one.name }), () => renameProject(two.id, { name: one.name })];
		for (const conflict of conflicts) {
			expect(await failure(conflict)).toMatchObject({
				code: "conflict",
				publicMessage: `A project named "${one.name}" already exists`,
			});
		}
		expect(await renameProject(one.id, { name: one.name })).toEqual(one);
	});

	it("do not find what is not there, whatever stands for an id", async () => {
		for (const id of [ABSENT, "shop", "", "' OR 1=1"]) {
			expect((await failure(() => getProject(id))).code).toBe("not_found");
			expect((await failure(() => getProjectByReference(id))).code).toBe("not_found");
		}
		expect((await failure(() => renameProject(ABSENT, { name: randomHex(4) }))).code).toBe("not_found");
		expect((await failure(() => deleteProject(ABSENT))).code).toBe("not_found");
	});

	it("prefer the project of a name over one whose id it is", async () => {
		const one = await newProject();
		const named = await createProject({ name: one.id });
		expect(await getProjectByReference(one.id)).toEqual(named);
	});
});

describe("findProjectIds()", () => {
	it("gives ids for the names that exist, and asks again for those that did not", async () => {
		const project = await newProject();
		const later = `later ${randomHex(4)}`;
		expect(await findProjectIds([project.name, later, later])).toEqual(new Map([[project.name, project.id]]));
		const { id } = await createProject({ name: later });
		expect((await findProjectIds([later])).get(later)).toBe(id);
	});

	it("remembers a name for two seconds, and forgets all when one is renamed or deleted", async () => {
		const [project, other] = [await newProject(), await newProject()];
		const now = Date.now();
		await findProjectIds([project.name], now);
		// Behind the verbs' back, as another process would.
		await db().project.update({ where: { id: project.id }, data: { name: `moved ${project.name}` } });
		expect((await findProjectIds([project.name], now + 1999)).size).toBe(1);
		expect((await findProjectIds([project.name], now + 2000)).size).toBe(0);
		await findProjectIds([other.name]);
		await deleteProject(other.id);
		expect((await findProjectIds([other.name])).size).toBe(0);
	});
});
