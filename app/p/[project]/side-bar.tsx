"use client";

import { Menu, X } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { Logo } from "@/app/_ui/logo";
import { useKey } from "@/app/p/[project]/_keys/use-key";

/** The side bar of wide screens; on narrow ones a top bar that opens downwards and closes after a choice. */
export function SideBar({ children }: { children: ReactNode }) {
	const id = useId();
	const path = usePathname();
	const [openAt, setOpenAt] = useState<string | null>(null);
	const open = openAt === path;
	const button = useRef<HTMLButtonElement>(null);
	useKey(
		"close",
		() => {
			setOpenAt(null);
			button.current?.focus();
		},
		{ enabled: open },
	);
	return (
		<header className="flex flex-col border-b border-line bg-surface lg:fixed lg:inset-y-0 lg:left-0 lg:w-56 lg:border-r lg:border-b-0">
			<div className="flex h-12 shrink-0 items-center justify-between px-4">
				<Link href="/" aria-label="Spanwise, all projects" className="rounded-md">
					<Logo />
				</Link>
				<Button
					ref={button}
					variant="ghost"
					size="icon"
					className="lg:hidden"
					aria-expanded={open}
					aria-controls={id}
					aria-label="Navigation"
					onClick={() => setOpenAt(open ? null : path)}
				>
					{open ? <X aria-hidden className="size-4" /> : <Menu aria-hidden className="size-4" />}
				</Button>
			</div>
			<div
				id={id}
				className={classNames(
					"min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-3 pt-1 pb-3 lg:flex",
					open ? "flex" : "hidden",
				)}
			>
				{children}
			</div>
		</header>
	);
}
