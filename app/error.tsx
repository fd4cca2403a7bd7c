"use client";

import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

export default function ErrorPage({ error, retry }: Props) {
	return (
		<main id="content" className="px-4">
			<FailurePanel
				title="Could not read projects"
				text="The database that holds projects, rules and connections did not answer. Nothing is lost: it is asked again until it does."
				digest={error.digest}
				retry={retry}
			/>
		</main>
	);
}
