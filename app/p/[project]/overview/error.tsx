"use client";

import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

export default function OverviewError({ error, retry }: Props) {
	return (
		<div className="px-4">
			<FailurePanel
				title="Could not read the overview"
				text="A store did not answer. This does not mean that nothing happened."
				digest={error.digest}
				retry={retry}
			/>
		</div>
	);
}
