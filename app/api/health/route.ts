import { inngestMode } from "@/inngest/client";
import { checkStores } from "@/lib/health/check-stores";

export const dynamic = "force-dynamic";

/** Liveness; with `?deep=1` both stores are asked, and one that does not answer makes it 503. */
export async function GET(request: Request): Promise<Response> {
	if (new URL(request.url).searchParams.get("deep") !== "1") return Response.json({ status: "ok" });
	const stores = await checkStores();
	const healthy = Object.values(stores).every((state) => state === "ok");
	return Response.json(
		{ status: healthy ? "ok" : "unavailable", ...stores, functions: inngestMode() },
		{ status: healthy ? 200 : 503 },
	);
}
