"use client";

import { useRouter } from "next/navigation";
import type { KeyAction } from "@/app/p/[project]/_keys/key-table";
import { useKey } from "@/app/p/[project]/_keys/use-key";
import { pagesOf } from "@/app/p/[project]/page-table";

interface Props {
	/** URL segment of the shown project. */
	segment: string;
	isOneProject: boolean;
}

/** The keys that go to pages. */
export function GoKeys({ segment, isOneProject }: Props) {
	return pagesOf(isOneProject).map(
		(page) => page.action && <GoKey key={page.action} action={page.action} href={`/p/${segment}/${page.segment}`} />,
	);
}

function GoKey({ action, href }: { action: KeyAction; href: string }) {
	const router = useRouter();
	useKey(action, () => router.push(href));
	return null;
}
