"use server";

import { redirect } from "next/navigation";
import { type ActionResult, actionResult } from "@/app/_ui/action-result";
import { signIn, signOut } from "@/lib/auth/sign-in";

export async function signInAction(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
	const key = String(form.get("key") ?? "").trim();
	const wrong: ActionResult = {
		ok: false,
		message: "You are not signed in.",
		fields: { key: key ? "This is not the key of this server." : "Enter the key." },
	};
	if (!key) return wrong;
	let accepted = false;
	const result = await actionResult(async () => {
		accepted = await signIn(key);
	});
	if (!result.ok) return result;
	if (!accepted) return wrong;
	redirect("/");
}

export async function signOutAction(): Promise<void> {
	await signOut();
	redirect("/sign-in");
}
