import type { Project } from "@/lib/projects/project";

/** A project in Dokimos' shape; experiments are not kept here yet, so none are counted. */
export function projectView({ id, name, createdAt }: Project) {
	return { id, name, experimentCount: 0, createdAt };
}
