import { isRecord, type JsonRecord } from "@/lib/genai/messages/json-value";
import type { MediaPart, MediaType } from "@/lib/span/message";

/** A media part with its bytes as base64: what the route that serves them reads. Never stored, never in an API answer. */
export type InlineMediaPart = MediaPart & { data?: string };

export interface MessageOptions {
	/** `inline` adds the bytes to media parts; otherwise `data_ref` says that there are some. */
	media?: "reference" | "inline";
	/** Text content may itself be JSON text of a list of pieces, as in events and flattened attributes. */
	packed?: boolean;
}

type Field = "mime" | "format" | "modality" | "url" | "fileId" | "data" | "transcript";

/** What each key of a media object, or of the objects inside it, stands for. An object under such a key is looked into. */
const FIELDS: ReadonlyMap<string, Field> = new Map(
	Object.entries({
		mime: ["mime_type", "mimeType", "media_type", "mediaType", "contentType", "content_type", "mimetype"],
		format: ["format"],
		modality: ["modality"],
		url: [
			...["url", "uri", "fileUri", "file_uri", "file_url", "s3Location", "remote_url"],
			...["image_url", "video_url", "audio_url", "document_url"],
		],
		fileId: ["file_id", "fileId", "image_file"],
		data: [
			...["data", "bytes", "content", "base64", "base64_image", "base64_data", "base64Data", "b64_json", "blob"],
			...["source", "image", "audio", "video", "file", "document", "input_audio", "file_data", "fileData"],
			...["inlineData", "inline_data", "media", "resource"],
		],
		transcript: ["transcript"],
	} satisfies Record<Field, string[]>).flatMap(([field, keys]) => keys.map((key) => [key, field as Field] as const)),
);

const FORMATS: ReadonlyMap<string, string> = new Map([
	["jpg", "image/jpeg"],
	["svg", "image/svg+xml"],
	["mp3", "audio/mpeg"],
	["pdf", "application/pdf"],
	["csv", "text/csv"],
	["html", "text/html"],
	["txt", "text/plain"],
	["md", "text/markdown"],
	["mov", "video/quicktime"],
]);

const TYPES: ReadonlyMap<string, MediaType> = new Map([
	["image", "image"],
	["audio", "audio"],
	["video", "video"],
	["file", "file"],
	["document", "file"],
]);

const WRAPPERS_MAX = 5;
const MIME_MAX = 100;
const DATA_URL_HEAD_MAX = 256;

type Bytes = { base64: string } | { text: string } | { list: unknown[] | JsonRecord };

interface Found {
	mime?: string;
	format?: string;
	modality?: string;
	url?: string;
	fileId?: string;
	transcript?: string;
	bytes?: Bytes;
}

/**
 * An image, sound, video or file in any spelling, and its transcript when the sender gave one. `assumed` is the type that
 * the part claims; modality and MIME type sharpen it. Null when the object refers to nothing.
 */
export function mediaPart(
	record: JsonRecord,
	assumed: MediaType,
	options: MessageOptions,
): { part: InlineMediaPart | null; transcript: string | undefined } | null {
	const found: Found = {};
	collect(record, found, 0);
	const { url, fileId, bytes, transcript } = found;
	if (url === undefined && fileId === undefined && bytes === undefined) {
		return transcript === undefined ? null : { part: null, transcript };
	}
	const type = typeOf(found, assumed);
	const mime = mimeOf(found, type);
	const part: InlineMediaPart = { type };
	if (mime !== undefined) part.mime = mime;
	if (url !== undefined) part.url = url;
	if (fileId !== undefined) part.file_id = fileId;
	if (bytes !== undefined) {
		part.data_ref = true;
		if (options.media === "inline") part.data = base64Of(bytes);
	}
	return { part, transcript };
}

function collect(record: JsonRecord, found: Found, level: number): void {
	for (const key in record) {
		const field = FIELDS.get(key);
		if (field === undefined) continue;
		const value = record[key];
		if (typeof value === "string") {
			if (value !== "") place(value, field, record, found);
		} else if (Array.isArray(value)) {
			if (field === "data" && typeof value[0] === "number") found.bytes ??= { list: value };
		} else if (isRecord(value)) {
			// A typed array that was written as JSON is an object of numbers by index.
			if (typeof value[0] === "number") found.bytes ??= { list: value };
			else if (level < WRAPPERS_MAX) collect(value, found, level + 1);
		}
	}
}

function place(text: string, field: Field, record: JsonRecord, found: Found): void {
	if (field !== "url" && field !== "data") {
		found[field] ??= text;
	} else if (text.startsWith("data:")) {
		const comma = text.slice(0, DATA_URL_HEAD_MAX).indexOf(",");
		const [mime = "", ...parameters] = text.slice("data:".length, Math.max(comma, 0)).split(";");
		if (mime !== "") found.mime ??= mime;
		const content = text.slice(comma + 1);
		found.bytes ??= parameters.includes("base64") ? { base64: content } : { text: percentDecoded(content) };
	} else if (field === "url" || isUrl(text)) {
		found.url ??= text;
	} else {
		found.bytes ??= record.type === "text" ? { text } : { base64: text };
	}
}

function typeOf(found: Found, assumed: MediaType): MediaType {
	const claimed = found.modality === undefined ? undefined : TYPES.get(found.modality.toLowerCase());
	if (claimed !== undefined || assumed !== "file") return claimed ?? assumed;
	return TYPES.get(found.mime?.split("/", 1)[0] ?? "") ?? "file";
}

function mimeOf({ mime, format }: Found, type: MediaType): string | undefined {
	if (mime !== undefined) return mime.slice(0, MIME_MAX);
	if (format === undefined || format.length > MIME_MAX) return undefined;
	const known = FORMATS.get(format.toLowerCase());
	if (known !== undefined || format.includes("/")) return known ?? format;
	return type === "file" ? undefined : `${type}/${format.toLowerCase()}`;
}

function isUrl(text: string): boolean {
	const colon = text.slice(0, 20).indexOf("://");
	return colon > 0;
}

function percentDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function base64Of(bytes: Bytes): string {
	if ("base64" in bytes) return bytes.base64;
	if ("text" in bytes) return Buffer.from(bytes.text, "utf8").toString("base64");
	return Buffer.from(Object.values(bytes.list).map((byte) => (typeof byte === "number" ? byte : 0))).toString("base64");
}
