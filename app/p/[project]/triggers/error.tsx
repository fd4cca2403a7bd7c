"use client";

import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

export default function TriggersError({ error, retry }: Props) {
	return (
		<div className="px-4">
			<FailurePanel
				title="Could not read triggers"
				text="The database that holds projects, rules and triggers did not answer. The triggers themselves are safe."
				digest={error.digest}
				retry={retry}
			/>
		</div>
	);
}
