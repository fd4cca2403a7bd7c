"use client";

import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

export default function RulesError({ error, retry }: Props) {
	return (
		<div className="px-4">
			<FailurePanel
				title="Could not read rules"
				text="The database that holds rules, or the trace store that holds their scores, did not answer. The rules themselves are safe."
				digest={error.digest}
				retry={retry}
			/>
		</div>
	);
}
