import { Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { FormDialog } from "@/app/_ui/form-dialog";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { TextField } from "@/app/_ui/text-field";
import { Time } from "@/app/_ui/time";
import { deleteProjectAction, renameProjectAction } from "@/app/(projects)/actions";
import type { Project } from "@/lib/projects/project";

export function ProjectTable({ projects }: { projects: Project[] }) {
	return (
		<Table className="table-fixed">
			<caption className="sr-only">Projects</caption>
			<thead>
				<tr>
					<HeadCell>Name</HeadCell>
					<HeadCell className="hidden w-48 sm:table-cell">Created</HeadCell>
					<HeadCell className="hidden w-20 sm:table-cell">Rules</HeadCell>
					<HeadCell className="w-24">
						<span className="sr-only">Actions</span>
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{projects.map((project) => (
					<tr key={project.id} className="hover:bg-hover">
						<Cell>
							<Link
								href={`/p/${project.id}/traces`}
								className="block truncate font-medium text-ink hover:text-accent-ink"
							>
								{project.name}
							</Link>
						</Cell>
						<Cell className="hidden text-muted sm:table-cell">
							<Time epochMs={project.createdAt.getTime()} />
						</Cell>
						<Cell className="hidden sm:table-cell">
							<Link
								href={`/p/${project.id}/rules`}
								aria-label={`Rules of ${project.name}`}
								className="text-accent-ink hover:underline"
							>
								Rules
							</Link>
						</Cell>
						<Cell className="py-1">
							<span className="flex justify-end">
								<RenameButton project={project} />
								<DeleteButton project={project} />
							</span>
						</Cell>
					</tr>
				))}
			</tbody>
		</Table>
	);
}

function RenameButton({ project }: { project: Project }) {
	return (
		<FormDialog
			trigger={<Pencil aria-hidden className="size-3.5" />}
			label={`Rename ${project.name}`}
			title="Rename project"
			submit="Rename"
			action={renameProjectAction.bind(null, project.id)}
			variant="ghost"
			size="icon"
		>
			<TextField
				name="name"
				label="Name"
				defaultValue={project.name}
				maxLength={200}
				hint="Senders name the project: after renaming it, change their spanwise.project too, or their new traces belong to none."
			/>
		</FormDialog>
	);
}

function DeleteButton({ project }: { project: Project }) {
	return (
		<ConfirmButton
			label={`Delete ${project.name}`}
			title={`Delete “${project.name}”?`}
			text="Its rules and evaluations are deleted with it and its traces can no longer be seen. This cannot be undone."
			confirm="Delete project"
			action={deleteProjectAction.bind(null, project.id)}
			variant="ghost"
			size="icon"
		>
			<Trash2 aria-hidden className="size-3.5" />
		</ConfirmButton>
	);
}
