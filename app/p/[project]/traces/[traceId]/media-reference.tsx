"use client";

import { File, Image, type LucideIcon, Music, Video } from "lucide-react";
import { useState } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import { clipText } from "@/app/_ui/clip-text";
import type { MediaPart, MediaType } from "@/lib/span/message";

const ICONS: Record<MediaType, LucideIcon> = { image: Image, audio: Music, video: Video, file: File };
/** A longer address is cut for the eye; the raw text has it whole. */
const URL_CHARS_SHOWN = 300;
/** What a page cut must never be asked for; no server takes an address this long. */
const URL_CHARS_LOADED = 64 * 1024;

interface Props {
	part: MediaPart;
	/** Our own address of the bytes, when the span holds them. */
	dataHref: string;
}

/** A reference to something to see or hear. Nothing is loaded, from anywhere, before the reader asks for it. */
export function MediaReference({ part, dataHref }: Props) {
	const [wanted, setWanted] = useState(false);
	const [failed, setFailed] = useState(false);
	const { mime, url, file_id: fileId, data_ref: inline = false } = part;
	const type = shownType(part);
	const remote = url === undefined ? null : loadableUrl(url);
	const source = inline ? dataHref : remote?.href;
	const Icon = ICONS[type];
	return (
		<div className="flex flex-col items-start gap-1.5 rounded-md border border-line bg-canvas px-2.5 py-2">
			<p className="flex max-w-full flex-wrap items-center gap-x-2 gap-y-0.5 text-xs text-muted">
				<Icon aria-hidden className="size-3.5 shrink-0 text-faint" />
				<span>{type}</span>
				{mime && <code className="font-mono text-2xs wrap-anywhere text-faint">{mime}</code>}
				{fileId && <code className="font-mono text-2xs wrap-anywhere text-faint">file id {fileId}</code>}
				{inline && <span className="text-2xs text-faint">sent with the span</span>}
			</p>
			{url !== undefined && (
				<code className="max-w-full font-mono text-2xs wrap-anywhere text-muted">
					{clipText(url, URL_CHARS_SHOWN).shown}
					{url.length > URL_CHARS_SHOWN && "…"}
				</code>
			)}
			{!wanted && <Action {...{ type, dataHref, remote, inline }} onWanted={() => setWanted(true)} />}
			{source && wanted && !failed && <Player type={type} source={source} onError={() => setFailed(true)} />}
			{failed && (
				<p role="status" className="flex flex-wrap items-center gap-2 text-xs text-warn">
					This {type} could not be shown.
					{inline && <FileLink href={dataHref} word="Download" />}
				</p>
			)}
		</div>
	);
}

interface ActionProps {
	type: MediaType;
	dataHref: string;
	remote: ReturnType<typeof loadableUrl>;
	inline: boolean;
	onWanted: () => void;
}

function Action({ type, dataHref, remote, inline, onWanted }: ActionProps) {
	if (inline && type === "file") return <FileLink href={dataHref} word="Download" />;
	if (inline) {
		return (
			// A link, so that it works without JavaScript too.
			<a
				href={dataHref}
				className={buttonClass({ size: "sm" })}
				onClick={(event) => {
					event.preventDefault();
					onWanted();
				}}
			>
				Show
			</a>
		);
	}
	if (!remote) return null;
	if (type === "file") return <FileLink href={remote.href} word={`Open at ${remote.host}`} />;
	return (
		<Button size="sm" onClick={onWanted}>
			Load from {remote.host}
		</Button>
	);
}

function FileLink({ href, word }: { href: string; word: string }) {
	return (
		<a
			href={href}
			target="_blank"
			rel="noopener noreferrer nofollow"
			referrerPolicy="no-referrer"
			className={buttonClass({ size: "sm" })}
		>
			{word}
		</a>
	);
}

function Player({ type, source, onError }: { type: MediaType; source: string; onError: () => void }) {
	if (type === "image") {
		return (
			// biome-ignore lint/performance/noImgElement: an optimizer would fetch it through our server
			<img
				src={source}
				alt="Part of the message"
				referrerPolicy="no-referrer"
				onError={onError}
				className="max-h-96 max-w-full rounded"
			/>
		);
	}
	// biome-ignore lint/a11y/useMediaCaption: a traced recording has no captions
	if (type === "audio") return <audio src={source} controls onError={onError} className="max-w-full" />;
	// biome-ignore lint/a11y/useMediaCaption: a traced recording has no captions
	return <video src={source} controls onError={onError} className="max-h-96 max-w-full rounded" />;
}

/** A file that says it is an image is shown as one. */
function shownType({ type, mime }: MediaPart): MediaType {
	if (type !== "file") return type;
	const family = mime?.split("/")[0]?.toLowerCase();
	return family === "image" || family === "audio" || family === "video" ? family : "file";
}

/** Only plain web addresses are ever loaded. */
function loadableUrl(text: string): { href: string; host: string } | null {
	if (text.length > URL_CHARS_LOADED || !URL.canParse(text)) return null;
	const { protocol, username, password, href, host } = new URL(text);
	return (protocol === "https:" || protocol === "http:") && !username && !password ? { href, host } : null;
}
