import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";

export const metadata: Metadata = { title: "Not found" };

export default function ProjectNotFound() {
	return (
		<div className="mx-auto max-w-2xl px-4 py-16">
			<EmptyState
				icon={<SearchX />}
				title="Not found in this project"
				text="It may belong to another project, it may have been deleted, or its retention may have ended."
			>
				<Link href="/p/all/traces" className={buttonClass()}>
					All traces
				</Link>
			</EmptyState>
		</div>
	);
}
