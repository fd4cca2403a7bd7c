"use client";

import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

export default function PricesError({ error, retry }: Props) {
	return (
		<div className="px-4">
			<FailurePanel
				title="Could not read prices"
				text="The database that holds projects, rules and prices did not answer. The prices themselves are safe."
				digest={error.digest}
				retry={retry}
			/>
		</div>
	);
}
