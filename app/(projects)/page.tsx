import { FolderPlus, Layers } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { connection } from "next/server";
import { Suspense } from "react";
import { buttonClass } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { Logo } from "@/app/_ui/logo";
import { PageHeader } from "@/app/_ui/page-header";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import { CreateProjectForm } from "@/app/(projects)/create-project-form";
import { ProjectTable } from "@/app/(projects)/project-table";
import { FailedAttempts } from "@/app/p/[project]/ingest/failed-attempts";
import { LiveRefresh } from "@/app/p/[project]/live-refresh";
import { requirePerson } from "@/lib/auth/require-person";
import { listProjects } from "@/lib/projects/list-projects";

export const metadata: Metadata = { title: "Projects" };

const REFRESH_MS = 3000;

export default async function ProjectsPage() {
	await connection();
	await requirePerson();
	const projects = await listProjects();
	return (
		<div className="mx-auto max-w-4xl px-4 pb-16">
			<header className="flex h-14 items-center justify-between">
				<Logo />
				<ThemeToggle />
			</header>
			<main id="content" className="pt-6">
				<PageHeader
					title="Projects"
					text="A project holds the traces of one application and the rules that judge them."
				>
					<Link href="/p/all/traces" className={buttonClass()}>
						<Layers aria-hidden className="size-4" />
						All traces
					</Link>
				</PageHeader>
				{projects.length === 0 ? (
					<EmptyState
						icon={<FolderPlus />}
						title="Create your first project"
						text={
							<>
								A trace belongs to the project that its resource attribute{" "}
								<code className="font-mono">spanwise.project</code> (or{" "}
								<code className="font-mono">dokimos.project</code>) names. Traces that name none are kept too: they are
								under “All traces”.
							</>
						}
					>
						<CreateProjectForm />
						<div className="w-full max-w-2xl">
							<LiveRefresh renderedAtMs={Date.now()} pauseMs={REFRESH_MS} />
							<Suspense>
								<FailedAttempts scope={{ project: null }} />
							</Suspense>
						</div>
					</EmptyState>
				) : (
					<div className="flex flex-col gap-6">
						<ProjectTable projects={projects} />
						<CreateProjectForm />
					</div>
				)}
			</main>
		</div>
	);
}
