"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";

interface Props {
	href: string;
	/** The addresses of pages that the entry stands for too. */
	tabs?: readonly string[];
	icon: ReactNode;
	children: ReactNode;
}

/** A navigation entry: current while its page, a tab of it or one below is shown, dimmed while the page is on its way. */
export function NavLink({ href, tabs = [], icon, children }: Props) {
	const path = usePathname();
	const isWithin = [href, ...tabs].some((page) => path === page || path.startsWith(`${page}/`));
	const current = path === href ? "page" : isWithin ? "true" : undefined;
	return (
		<Link
			href={href}
			aria-current={current}
			className={classNames(
				"flex h-8 items-center rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink",
				"aria-[current]:bg-accent-soft aria-[current]:text-accent-ink",
			)}
		>
			<Content icon={icon}>{children}</Content>
		</Link>
	);
}

function Content({ icon, children }: { icon: ReactNode; children: ReactNode }) {
	const { pending } = useLinkStatus();
	return (
		<span
			className={classNames(
				"flex items-center gap-2 transition-opacity delay-100 [&>svg]:size-4",
				pending && "opacity-50",
			)}
		>
			{icon}
			{children}
		</span>
	);
}
