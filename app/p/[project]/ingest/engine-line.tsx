import { readEngineHealth } from "@/inngest/read-engine-health";

/** What runs the background functions, and what is wrong with it. */
export async function EngineLine() {
	const { about, server, trouble } = await readEngineHealth();
	return (
		<p className="text-xs text-faint">
			Background functions: {about}
			{server && ` (${server})`}. {trouble && <strong className="font-medium text-ink">{trouble}</strong>}
		</p>
	);
}
