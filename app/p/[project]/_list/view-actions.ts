"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { type ActionResult, actionResult, invalidForm } from "@/app/_ui/action-result";
import { layoutCookie } from "@/app/p/[project]/_list/layout-cookie";
import { fromTheStart, parseTraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";
import { requirePerson } from "@/lib/auth/require-person";
import { deleteView } from "@/lib/views/delete-view";
import { renameView } from "@/lib/views/rename-view";
import { saveView } from "@/lib/views/save-view";
import { ViewInput, type ViewPage } from "@/lib/views/saved-view";

/** Keeps a list as its address tells it, with the columns that the reader has when the address names none. */
export async function saveViewAction(
	projectId: string,
	page: ViewPage,
	query: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const search = parseTraceSearch(Object.fromEntries(new URLSearchParams(query)));
	const columns = search.columns ?? (await cookies()).get(layoutCookie(page))?.value ?? null;
	const kept = traceSearchHref("", { ...fromTheStart(search), liveOff: false, columns }).slice(1);
	const input = ViewInput.safeParse({ page, name: form.get("name"), query: kept });
	if (!input.success) return invalidForm(input.error);
	return actionResult(async () => {
		await saveView(projectId, input.data);
		revalidatePath(`/p/${projectId}/${page}`);
	});
}

export async function renameViewAction(
	projectId: string,
	viewId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = ViewInput.pick({ name: true }).safeParse({ name: form.get("name") });
	if (!input.success) return invalidForm(input.error);
	return actionResult(async () => {
		await renameView(projectId, viewId, input.data.name);
		revalidatePath(`/p/${projectId}`, "layout");
	});
}

export async function deleteViewAction(projectId: string, viewId: string): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await deleteView(projectId, viewId);
		revalidatePath(`/p/${projectId}`, "layout");
	});
}
