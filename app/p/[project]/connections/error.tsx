"use client";

import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

export default function ConnectionsError({ error, retry }: Props) {
	return (
		<div className="px-4">
			<FailurePanel
				title="Could not read connections"
				text="The database that holds projects, rules and connections did not answer. The connections themselves are safe."
				digest={error.digest}
				retry={retry}
			/>
		</div>
	);
}
