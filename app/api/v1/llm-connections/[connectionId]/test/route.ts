import { publishDueTasks } from "@/inngest/publish";
import { authenticate } from "@/lib/auth/authenticate";
import { testAndResume } from "@/lib/evaluations/test-and-resume";
import { parseUuid, route } from "@/lib/http/route";

/** Asks the connection's model for a word: `{ok, message, latencyMs, resumed}`. Evaluations that were blocked go on. */
export const POST = route<void, { connectionId: string }>(authenticate, async ({ params }) => {
	const id = parseUuid(params.connectionId, "connectionId");
	const test = await testAndResume(id);
	if (test.resumed > 0) await publishDueTasks([id]);
	return Response.json(test);
});
