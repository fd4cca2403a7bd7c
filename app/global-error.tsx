"use client";

import "@/app/globals.css";
import { FailurePanel } from "@/app/_ui/failure-panel";

interface Props {
	error: Error & { digest?: string };
	retry: () => void;
}

/** Stands in for the root layout itself. */
export default function GlobalError({ error, retry }: Props) {
	return (
		<html lang="en">
			<body className="min-h-dvh px-4 font-sans">
				<title>Something went wrong · Spanwise</title>
				<FailurePanel
					title="Something went wrong on our side"
					text="The page could not be shown."
					digest={error.digest}
					retry={retry}
				/>
			</body>
		</html>
	);
}
