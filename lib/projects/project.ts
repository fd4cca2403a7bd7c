import { z } from "zod";
import { RequiredText } from "@/lib/text";

export interface Project {
	id: string;
	name: string;
	createdAt: Date;
}

export const ProjectInput = z.object({
	name: RequiredText.max(200, "must have at most 200 characters"),
});
export type ProjectInput = z.infer<typeof ProjectInput>;
