import type { Metadata } from "next";
import { connection } from "next/server";
import { ActionForm } from "@/app/_ui/action-form";
import { FormMessage } from "@/app/_ui/form-message";
import { Logo } from "@/app/_ui/logo";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { signInAction } from "@/app/(auth)/sign-in/actions";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage() {
	await connection();
	return (
		<main id="content" className="grid min-h-dvh place-items-center p-4">
			<div className="flex w-full max-w-sm flex-col gap-5 rounded-lg border border-line bg-surface p-6">
				<Logo />
				<h1 className="text-lg font-semibold text-ink">Sign in</h1>
				<ActionForm action={signInAction} className="flex flex-col gap-4">
					<TextField
						name="key"
						label="API key"
						type="password"
						autoComplete="current-password"
						hint={
							<>
								The value of <code className="font-mono">SPANWISE_API_KEY</code> on this server.
							</>
						}
						autoFocus
						code
					/>
					<FormMessage />
					<SubmitButton>Sign in</SubmitButton>
				</ActionForm>
			</div>
		</main>
	);
}
