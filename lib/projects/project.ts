import { z } from "zod";

export interface Project {
	id: string;
	name: string;
	createdAt: Date;
}

export const ProjectInput = z.object({
	name: z.string().trim().min(1, "must not be blank").max(200, "must have at most 200 characters"),
});
export type ProjectInput = z.infer<typeof ProjectInput>;
