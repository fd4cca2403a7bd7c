import { LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/app/_ui/button";
import { NavLink } from "@/app/_ui/nav-link";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import { signOutAction } from "@/app/(auth)/sign-in/actions";
import { GoKeys } from "@/app/p/[project]/_keys/go-keys";
import { KeyHelp } from "@/app/p/[project]/_keys/key-help";
import { KeyProvider } from "@/app/p/[project]/_keys/key-provider";
import { CommandPalette } from "@/app/p/[project]/_palette/command-palette";
import { FocusKeeper } from "@/app/p/[project]/focus-keeper";
import { openProject } from "@/app/p/[project]/open-project";
import { pagesOf } from "@/app/p/[project]/page-table";
import { ProjectSwitcher } from "@/app/p/[project]/project-switcher";
import { SideBar } from "@/app/p/[project]/side-bar";
import { isOpenMode } from "@/lib/auth/authenticate";
import { listProjects } from "@/lib/projects/list-projects";

interface Props {
	children: ReactNode;
	params: Promise<{ project: string }>;
}

export default async function ProjectLayout({ children, params }: Props) {
	const { project: segment } = await params;
	const { project } = await openProject(segment);
	const named = (await listProjects()).map(({ id, name }) => ({ id, name }));
	const isOneProject = project !== null;
	const pages = pagesOf(isOneProject);
	const hrefOf = (page: string) => `/p/${segment}/${page}`;
	const tabsOf = (page: string) => pages.filter(({ tabOf }) => tabOf === page).map((tab) => hrefOf(tab.segment));
	return (
		<KeyProvider>
			<GoKeys segment={segment} isOneProject={isOneProject} />
			<FocusKeeper />
			<div className="min-h-dvh lg:pl-56">
				<SideBar>
					<ProjectSwitcher current={segment} projects={[{ id: "all", name: "All projects" }, ...named]} />
					<CommandPalette segment={segment} isOneProject={isOneProject} projects={named} />
					<nav aria-label="Project" className="flex flex-col gap-0.5">
						{pages
							.filter(({ tabOf }) => !tabOf)
							.map(({ segment: page, name, Icon }) => (
								<NavLink key={page} href={hrefOf(page)} tabs={tabsOf(page)} icon={<Icon aria-hidden />}>
									{name}
								</NavLink>
							))}
					</nav>
					<div className="mt-auto flex items-center gap-1">
						<ThemeToggle />
						<span aria-hidden className="flex-1" />
						<KeyHelp />
						{!isOpenMode() && (
							<form action={signOutAction}>
								<Button type="submit" variant="ghost" size="icon" aria-label="Sign out" title="Sign out">
									<LogOut aria-hidden className="size-3.5" />
								</Button>
							</form>
						)}
					</div>
				</SideBar>
				{/* The skip link moves the focus here. */}
				<main id="content" tabIndex={-1} className="min-w-0 outline-none">
					{children}
				</main>
			</div>
		</KeyProvider>
	);
}
