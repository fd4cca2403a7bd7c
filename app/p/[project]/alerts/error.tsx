"use client";

import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

export default function AlertsError({ error, retry }: Props) {
	return (
		<div className="px-4">
			<FailurePanel
				title="Could not read alerts"
				text="The database that holds projects, rules and alerts did not answer. The alerts themselves are safe; nothing is measured meanwhile."
				digest={error.digest}
				retry={retry}
			/>
		</div>
	);
}
