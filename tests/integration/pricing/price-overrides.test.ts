import { describe, expect, it } from "vitest";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { deletePriceOverride } from "@/lib/pricing/delete-price-override";
import { getPriceOverride } from "@/lib/pricing/get-price-override";
import { listOverridesOf, listPriceOverrides } from "@/lib/pricing/list-price-overrides";
import type { PriceOverrideInput } from "@/lib/pricing/price-override";
import { updatePriceOverride } from "@/lib/pricing/update-price-override";
import { deleteProject } from "@/lib/projects/delete-project";
import { failure } from "@/tests/support/failure";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const ABSENT = "00000000-0000-7000-8000-000000000000";

function input(given: Partial<PriceOverrideInput> = {}): PriceOverrideInput {
	return {
		modelPattern: "gpt-4o*",
		provider: null,
		inputPerMillion: 1.25,
		outputPerMillion: 0.000_000_1,
		cacheReadPerMillion: null,
		cacheWritePerMillion: 0,
		effectiveFrom: new Date(0),
		...given,
	};
}

describe("price override verbs", () => {
	it("create, read, list, replace and delete, every digit kept", async () => {
		const project = await newProject();
		const one = await createPriceOverride(project.id, input());
		expect(one).toMatchObject({ ...input(), projectId: project.id });
		const late = input({ effectiveFrom: new Date("2026-05-01T00:00:00Z") });
		const two = await createPriceOverride(project.id, late);
		const three = await createPriceOverride(project.id, input({ modelPattern: "a*" }));
		expect(await listPriceOverrides(project.id)).toEqual([three, two, one]);
		const other = input({ modelPattern: "b*", provider: "azure", cacheReadPerMillion: 0.5 });
		expect(await updatePriceOverride(project.id, one.id, other)).toEqual({ ...one, ...other });
		expect(await getPriceOverride(project.id, one.id)).toEqual({ ...one, ...other });
		await deletePriceOverride(project.id, one.id);
		expect(await listPriceOverrides(project.id)).toEqual([three, two]);
	});

	it("do not find another project's, an unknown one or what is no id, and change nothing", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const override = await createPriceOverride(other.id, input());
		for (const id of [override.id, ABSENT, "override", "", "' OR 1=1"]) {
			for (const verb of [
				() => getPriceOverride(mine.id, id),
				() => updatePriceOverride(mine.id, id, input({ inputPerMillion: 0 })),
				() => deletePriceOverride(mine.id, id),
			]) {
				expect(await failure(verb)).toMatchObject({ code: "not_found", message: "Price override not found" });
			}
		}
		expect(await listPriceOverrides(other.id)).toEqual([override]);
		expect(await failure(() => createPriceOverride(ABSENT, input()))).toMatchObject({ message: "Project not found" });
	});

	it("go with their project", async () => {
		const project = await newProject();
		await createPriceOverride(project.id, input());
		await deleteProject(project.id);
		expect(await listPriceOverrides(project.id)).toEqual([]);
	});
});

describe("listOverridesOf()", () => {
	it("gives each project its own and leaves out those without", async () => {
		const [one, two, none] = [await newProject(), await newProject(), await newProject()];
		const a = await createPriceOverride(one.id, input());
		const b = await createPriceOverride(two.id, input());
		const found = await listOverridesOf([one.id, two.id, none.id, "", one.id]);
		expect(found).toEqual(
			new Map([
				[one.id, [a]],
				[two.id, [b]],
			]),
		);
	});

	it("notices each change at once", async () => {
		const project = await newProject();
		const prices = async () =>
			((await listOverridesOf([project.id])).get(project.id) ?? []).map((o) => o.inputPerMillion);
		expect(await prices()).toEqual([]);
		const { id } = await createPriceOverride(project.id, input());
		expect(await prices()).toEqual([1.25]);
		await updatePriceOverride(project.id, id, input({ inputPerMillion: 2 }));
		expect(await prices()).toEqual([2]);
		await deletePriceOverride(project.id, id);
		expect(await prices()).toEqual([]);
	});
});
