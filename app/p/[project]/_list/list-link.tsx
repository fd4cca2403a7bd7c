"use client";

import Link from "next/link";
import type { ComponentProps } from "react";
import { useListNavigation } from "@/app/p/[project]/_list/list-navigation";

type Props = Omit<ComponentProps<typeof Link>, "href" | "prefetch" | "scroll" | "onNavigate"> & { href: string };

/** A link to another address of the same list: the rows that are shown are dimmed until those of the other are there. */
export function ListLink({ href, replace, ...props }: Props) {
	const { go } = useListNavigation();
	return (
		<Link
			href={href}
			prefetch={false}
			scroll={false}
			replace={replace}
			onNavigate={(event) => {
				event.preventDefault();
				go(href, { replace });
			}}
			{...props}
		/>
	);
}
