"use server";

import { refresh } from "next/cache";
import { requirePerson } from "@/lib/auth/require-person";

/** Renders the page the visitor is on once more. */
export async function refreshView(): Promise<void> {
	await requirePerson();
	refresh();
}
