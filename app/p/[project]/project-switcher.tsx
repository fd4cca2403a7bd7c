"use client";

import { Menu } from "@base-ui/react/menu";
import { Check, ChevronsUpDown, Settings2 } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/app/_ui/class-names";

interface Props {
	/** URL segment of the shown project. */
	current: string;
	projects: { id: string; name: string }[];
}

const ITEM =
	"flex h-8 items-center gap-2 rounded px-2 text-sm text-ink outline-none select-none data-highlighted:bg-hover";

/** Moves to the same section of another project. */
export function ProjectSwitcher({ current, projects }: Props) {
	const section = usePathname().split("/")[3] ?? "traces";
	const shown = projects.find((project) => project.id === current)?.name ?? "Project";
	return (
		<Menu.Root modal={false}>
			<Menu.Trigger
				aria-label={`Project: ${shown}. Switch project`}
				className="flex h-8 w-full items-center justify-between gap-2 rounded-md border border-line bg-canvas px-2 text-left text-sm font-medium text-ink hover:bg-hover"
			>
				<span className="truncate">{shown}</span>
				<ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
			</Menu.Trigger>
			<Menu.Portal>
				<Menu.Positioner align="start" sideOffset={4} className="z-50 outline-none">
					<Menu.Popup className="max-h-[min(24rem,var(--available-height))] w-(--anchor-width) min-w-52 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-raised outline-none">
						{projects.map((project) => (
							<Menu.LinkItem
								key={project.id}
								closeOnClick
								className={ITEM}
								aria-current={project.id === current ? "true" : undefined}
								render={<Link href={`/p/${project.id}/${section}`} prefetch={false} />}
							>
								<span className="min-w-0 flex-1 truncate">{project.name}</span>
								<Check
									aria-hidden
									className={classNames("size-3.5 text-accent-ink", project.id !== current && "invisible")}
								/>
							</Menu.LinkItem>
						))}
						<Menu.Separator className="my-1 h-px bg-line" />
						<Menu.LinkItem closeOnClick className={ITEM} render={<Link href="/" prefetch={false} />}>
							<Settings2 aria-hidden className="size-3.5 text-faint" />
							Manage projects
						</Menu.LinkItem>
					</Menu.Popup>
				</Menu.Positioner>
			</Menu.Portal>
		</Menu.Root>
	);
}
