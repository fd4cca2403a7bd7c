import { Activity, Bell, CircleDollarSign, HeartPulse, ListChecks, LogOut, Plug, Webhook } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/app/_ui/button";
import { NavLink } from "@/app/_ui/nav-link";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import { signOutAction } from "@/app/(auth)/sign-in/actions";
import { KeyHelp } from "@/app/p/[project]/_keys/key-help";
import { KeyProvider } from "@/app/p/[project]/_keys/key-provider";
import { openProject } from "@/app/p/[project]/open-project";
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
	const projects = await listProjects();
	const base = `/p/${segment}`;
	return (
		<KeyProvider>
			<div className="min-h-dvh lg:pl-56">
				<SideBar>
					<ProjectSwitcher
						current={segment}
						projects={[{ id: "all", name: "All projects" }, ...projects.map(({ id, name }) => ({ id, name }))]}
					/>
					<nav aria-label="Project" className="flex flex-col gap-0.5">
						<NavLink href={`${base}/traces`} icon={<Activity aria-hidden />}>
							Traces
						</NavLink>
						{project && (
							<NavLink href={`${base}/rules`} icon={<ListChecks aria-hidden />}>
								Rules
							</NavLink>
						)}
						{project && (
							<NavLink href={`${base}/alerts`} icon={<Bell aria-hidden />}>
								Alerts
							</NavLink>
						)}
						{project && (
							<NavLink href={`${base}/prices`} icon={<CircleDollarSign aria-hidden />}>
								Prices
							</NavLink>
						)}
						{project && (
							<NavLink href={`${base}/triggers`} icon={<Webhook aria-hidden />}>
								Triggers
							</NavLink>
						)}
						<NavLink href={`${base}/connections`} icon={<Plug aria-hidden />}>
							Connections
						</NavLink>
						<NavLink href={`${base}/ingest`} icon={<HeartPulse aria-hidden />}>
							Ingest health
						</NavLink>
					</nav>
					<div className="mt-auto flex items-center justify-between gap-2">
						<ThemeToggle />
						{!isOpenMode() && (
							<form action={signOutAction}>
								<Button type="submit" variant="ghost" size="icon" aria-label="Sign out" title="Sign out">
									<LogOut aria-hidden className="size-3.5" />
								</Button>
							</form>
						)}
					</div>
				</SideBar>
				<main id="content" className="min-w-0">
					{children}
				</main>
			</div>
			<KeyHelp />
		</KeyProvider>
	);
}
