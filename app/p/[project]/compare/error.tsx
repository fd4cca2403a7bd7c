"use client";

import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

export default function CompareError({ error, retry }: Props) {
	return (
		<div className="px-4">
			<FailurePanel
				title="Could not read the traces"
				text="The trace store (ClickHouse) did not answer. This does not mean that they are gone."
				digest={error.digest}
				retry={retry}
			/>
		</div>
	);
}
