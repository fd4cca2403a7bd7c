import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
	return (
		<main id="content" className="mx-auto max-w-2xl px-4 py-16">
			<EmptyState
				icon={<SearchX />}
				title="There is nothing here"
				text="It may have been deleted, its retention may have ended, or the address is mistyped."
			>
				<Link href="/" className={buttonClass()}>
					All projects
				</Link>
			</EmptyState>
		</main>
	);
}
