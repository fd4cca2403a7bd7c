import { z } from "zod";
import { callApi } from "@/lib/cli/api-client";
import type { RepriceCommand } from "@/lib/cli/parse-command";
import { AppError, toAppError } from "@/lib/errors";

const Project = z.object({ id: z.string() });
const Repricing = z.object({ examined: z.number(), changed: z.number(), nextCursor: z.string().nullable() });

/** Prices a project's stored spans again, call by call until the range is done, and returns what it did in words. */
export async function reprice(command: RepriceCommand): Promise<string> {
	const project = await callApi(command, {
		method: "GET",
		path: `/api/v1/projects/${encodeURIComponent(command.project)}`,
		body: Project,
	});
	const range = { from: command.from.toISOString(), to: command.to.toISOString() };
	let [examined, changed] = [0, 0];
	let cursor: string | null = null;
	const path = `/api/v1/projects/${project.id}/reprice`;
	do {
		const json = { ...range, cursor };
		const done: z.infer<typeof Repricing> = await callApi(command, {
			method: "POST",
			path,
			json,
			body: Repricing,
		}).catch((error: unknown) => {
			const { code, publicMessage } = toAppError(error);
			throw new AppError(code, examined === 0 ? publicMessage : `${publicMessage}; before that, ${counts()}`);
		});
		examined += done.examined;
		changed += done.changed;
		cursor = done.nextCursor;
	} while (cursor !== null);
	return counts();

	function counts(): string {
		return `${counted(examined, "span")} looked at, ${counted(changed, "cost")} changed`;
	}
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
