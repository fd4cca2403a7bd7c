"use client";

import { CloudOff } from "lucide-react";
import { useEffect, useTransition } from "react";
import { Button } from "@/app/_ui/button";

const RETRY_MS = 5000;

interface Props {
	/** What could not be done, in words. */
	title: string;
	text: string;
	/** Finds the failure in the server's log. */
	digest?: string;
	retry: () => void;
}

/** An outage that looks like one. Tries again by itself while somebody is looking. */
export function FailurePanel({ title, text, digest, retry }: Props) {
	const [pending, startTransition] = useTransition();

	// The next attempt waits for the last: overlapping ones would replace each other for ever.
	useEffect(() => {
		if (pending) return;
		const timer = setInterval(() => {
			if (document.visibilityState === "visible") startTransition(retry);
		}, RETRY_MS);
		return () => clearInterval(timer);
	}, [retry, pending]);

	return (
		<section
			role="alert"
			className="mx-auto my-8 flex w-full max-w-lg flex-col items-center gap-4 rounded-lg border border-line bg-surface px-6 py-10 text-center"
		>
			<span aria-hidden className="grid size-10 place-items-center rounded-full bg-fail-soft text-fail">
				<CloudOff className="size-5" />
			</span>
			<div className="flex flex-col gap-1">
				<h2 className="text-base font-semibold text-ink">{title}</h2>
				<p className="text-sm text-pretty text-muted">{text}</p>
			</div>
			<Button onClick={() => startTransition(retry)} aria-busy={pending}>
				Try again
			</Button>
			<p className="text-xs text-faint">
				Tried again every {RETRY_MS / 1000} seconds while this page is open.
				{digest && (
					<>
						{" "}
						Reference <code className="font-mono">{digest}</code>
					</>
				)}
			</p>
		</section>
	);
}
