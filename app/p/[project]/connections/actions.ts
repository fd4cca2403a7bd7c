"use server";

import { revalidatePath } from "next/cache";
import { type ActionResult, actionResult, failureMessage, invalidForm } from "@/app/_ui/action-result";
import type { TestOutcome } from "@/app/p/[project]/connections/test-button";
import { publishDueTasks } from "@/inngest/publish";
import { requirePerson } from "@/lib/auth/require-person";
import { ConnectionInput } from "@/lib/connections/connection";
import { createConnection } from "@/lib/connections/create-connection";
import { deleteConnection } from "@/lib/connections/delete-connection";
import { testAndResume } from "@/lib/evaluations/test-and-resume";

export async function createConnectionAction(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
	await requirePerson();
	const text = (name: string) => String(form.get(name) ?? "");
	const number = (name: string) => (text(name).trim() === "" ? null : Number(text(name)));
	const credential = text("keyFrom") === "environment" ? "credentialRef" : "apiKey";
	const input = ConnectionInput.safeParse({
		name: text("name"),
		baseUrl: text("baseUrl"),
		model: text("model"),
		protocol: text("protocol") || undefined,
		[credential]: text(credential),
		maxConcurrency: number("maxConcurrency") ?? undefined,
		requestsPerMinute: number("requestsPerMinute"),
	});
	if (!input.success) return invalidForm(input.error);
	if (!input.data[credential]) {
		const missing = credential === "apiKey" ? "Enter the key." : "Enter the name of the variable.";
		return { ok: false, message: "Some fields need another look.", fields: { [credential]: missing } };
	}
	return actionResult(async () => {
		await createConnection(input.data);
		revalidatePath("/p", "layout");
	});
}

export async function deleteConnectionAction(id: string): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await deleteConnection(id);
		revalidatePath("/p", "layout");
	});
}

export async function testConnectionAction(id: string): Promise<TestOutcome> {
	await requirePerson();
	try {
		const { resumed, ...test } = await testAndResume(id);
		if (resumed > 0) await publishDueTasks([id]);
		revalidatePath("/p", "layout");
		return test;
	} catch (error) {
		return { ok: false, message: failureMessage(error), latencyMs: null };
	}
}
