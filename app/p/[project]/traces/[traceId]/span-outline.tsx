"use client";

import { useSearchParams } from "next/navigation";
import { type KeyboardEvent, useState } from "react";
import { OutlineRow } from "@/app/p/[project]/traces/[traceId]/outline-row";
import type { SpanRow } from "@/app/p/[project]/traces/[traceId]/span-rows";

interface Props {
	/** Address of the trace. */
	path: string;
	rows: SpanRow[];
}

/** The tree of spans as a list of links. The address says which span is chosen; what is folded stays here. */
export function SpanOutline({ path, rows }: Props) {
	const inAddress = useSearchParams().get("span") ?? rows[0]?.spanId;
	const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
	// A click marks its row at once, not when the server has answered.
	const [clicked, setClicked] = useState<{ spanId: string; from: string | undefined } | null>(null);
	const chosen = clicked && clicked.from === inAddress ? clicked.spanId : inAddress;

	function toggle(spanId: string) {
		const next = new Set(folded);
		if (!next.delete(spanId)) next.add(spanId);
		setFolded(next);
	}

	return (
		<nav
			aria-label="Spans of the trace"
			onKeyDown={moveFocus}
			className="relative max-h-[40dvh] min-h-0 overflow-auto border-b border-line bg-surface lg:max-h-none lg:border-r lg:border-b-0"
		>
			<ol className="min-w-80 py-1">
				{unfolded(rows, folded).map((row) => (
					<OutlineRow
						key={row.key}
						row={row}
						href={`${path}?span=${row.spanId}`}
						chosen={row.spanId === chosen}
						folded={folded.has(row.spanId)}
						onToggle={toggle}
						onChoose={(spanId) => setClicked({ spanId, from: inAddress })}
					/>
				))}
			</ol>
		</nav>
	);
}

function unfolded(rows: SpanRow[], folded: ReadonlySet<string>): SpanRow[] {
	if (folded.size === 0) return rows;
	const shown: SpanRow[] = [];
	for (let i = 0; i < rows.length; i++) {
		const row = rows[i];
		if (!row) break;
		shown.push(row);
		if (folded.has(row.spanId)) i += row.descendants;
	}
	return shown;
}

/** Arrow keys, and j and k, go from link to link; Enter follows. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
	const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
	if (!step || event.metaKey || event.ctrlKey || event.altKey) return;
	const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("a[data-span]")];
	const at = links.findIndex(
		(link) => link === document.activeElement || link.parentElement?.contains(document.activeElement),
	);
	const next = links[Math.max(0, Math.min(links.length - 1, at + step))];
	if (!next) return;
	event.preventDefault();
	next.focus();
}
