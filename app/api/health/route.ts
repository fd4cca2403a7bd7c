import { readEngineHealth } from "@/inngest/read-engine-health";
import { checkStores } from "@/lib/health/check-stores";

export const dynamic = "force-dynamic";

/**
 * Liveness; with `?deep=1` both stores and the function engine are asked. A store that does not answer makes it 503; an
 * engine in trouble is `degraded` with 200, because spans are taken without it.
 */
export async function GET(request: Request): Promise<Response> {
	if (new URL(request.url).searchParams.get("deep") !== "1") return Response.json({ status: "ok" });
	const [stores, engine] = await Promise.all([checkStores(), readEngineHealth()]);
	const available = Object.values(stores).every((state) => state === "ok");
	return Response.json(
		{ status: available ? engine.status : "unavailable", ...stores, functions: engine.mode, engine },
		{ status: available ? 200 : 503 },
	);
}
