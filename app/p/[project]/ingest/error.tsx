"use client";

import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

export default function IngestHealthError({ error, retry }: Props) {
	return (
		<div className="px-4">
			<FailurePanel
				title="Could not read the books"
				text="A store did not answer, so what arrived cannot be counted now. This does not mean that nothing arrived or that anything is lost."
				digest={error.digest}
				retry={retry}
			/>
		</div>
	);
}
