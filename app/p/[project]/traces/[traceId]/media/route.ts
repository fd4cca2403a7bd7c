import { notFound, unstable_rethrow as rethrowNavigation } from "next/navigation";
import { openHolder } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { deriveMedia } from "@/lib/genai/derive-media";
import { restError } from "@/lib/http/rest-error";
import { readSpans } from "@/lib/traces/read-spans";

interface Context {
	params: Promise<{ project: string; traceId: string }>;
}

/** What a browser can draw or play without running anything of it. Everything else is saved, not shown. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif|bmp)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;
const SAVED = /^application\/pdf$/;
const PLACE = /^\d{1,5}$/;

/**
 * The bytes that a span holds for one part of its messages: `?span=<id>&side=input|output&message=<n>&part=<n>`, places
 * counted from 0. For people signed in, like the page that asks for it.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
	try {
		const { project, traceId: text } = await params;
		const { projectId, traceId } = await openHolder(project, text);
		const asked = new URL(request.url).searchParams;
		const [side, message, part] = ["side", "message", "part"].map((name) => asked.get(name) ?? "");
		const [span] = await readSpans({ projectId, traceId, spanIds: [asked.get("span") ?? ""] });
		if (!span || (side !== "input" && side !== "output") || !PLACE.test(message ?? "") || !PLACE.test(part ?? "")) {
			notFound();
		}
		const media = deriveMedia(span, span.logs, { side, message: Number(message), part: Number(part) });
		if (!media) notFound();
		return new Response(new Uint8Array(media.bytes), { headers: headersFor(media.mime) });
	} catch (error) {
		rethrowNavigation(error);
		return restError(error);
	}
}

/** What keeps a sender's bytes from becoming a page of ours. */
function headersFor(claimed: string): Record<string, string> {
	const mime = claimed.split(";")[0]?.trim().toLowerCase() ?? "";
	const shown = SHOWN.test(mime);
	return {
		"Content-Type": shown || SAVED.test(mime) ? mime : "application/octet-stream",
		"Content-Disposition": shown ? "inline" : "attachment",
		"Content-Security-Policy": "sandbox",
		"Cross-Origin-Resource-Policy": "same-origin",
		"X-Content-Type-Options": "nosniff",
		"Cache-Control": "private, max-age=300",
	};
}
