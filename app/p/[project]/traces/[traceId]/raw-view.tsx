"use client";

import { type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from "react";
import { classNames } from "@/app/_ui/class-names";
import { CopyButton } from "@/app/_ui/copy-button";
import { FoldedText } from "@/app/_ui/folded-text";
import { formatCounted } from "@/app/_ui/format-number";
import type { RawBody } from "@/app/p/[project]/traces/[traceId]/span-bodies";
import { isPlainClick } from "@/app/p/[project]/traces/[traceId]/tree-row";
import { useBodies } from "@/app/p/[project]/traces/[traceId]/use-bodies";
import type { ViewHandle } from "@/app/p/[project]/traces/[traceId]/view-handle";
import { type RowsHandle, VirtualRows } from "@/app/p/[project]/traces/[traceId]/virtual-rows";
import { rowName } from "@/app/p/[project]/traces/[traceId]/visible-rows";
import { idAt, type Outline } from "@/lib/traces/outline";

const ITEM_PX = 420;
const FIRST_ITEMS = 20;

interface Props {
	outline: Outline;
	chosen: number;
	path: string;
	given: Readonly<Record<string, RawBody>>;
	hrefOf: (spanId: string) => string;
	onChoose: (row: number) => void;
	/** The row to begin at when another view was left; -1: at the chosen one. */
	startAt: number;
	handle: Ref<ViewHandle>;
}

/** The JSON of every span as its sender reported it. */
export function RawView({ outline, chosen, path, given, hrefOf, onChoose, startAt, handle }: Props) {
	const [inSight, setInSight] = useState({ from: 0, to: 0 });
	const list = useRef<RowsHandle>(null);
	const wanted: string[] = [];
	for (let row = inSight.from; row <= inSight.to && row < outline.length; row++) {
		if (!(idAt(outline, row) in given)) wanted.push(idAt(outline, row));
	}
	const { bodyOf } = useBodies<RawBody>(`${path}/bodies?form=raw`, wanted, given);
	useImperativeHandle(handle, () => ({
		step: (row, by) => Math.min(outline.length - 1, Math.max(0, row + by)),
		isFolded: () => false,
		fold: () => {},
		anchor: () => {
			const { from = 0, to = 0 } = list.current?.sight() ?? {};
			return chosen >= from && chosen <= to ? chosen : from;
		},
	}));

	const revealed = useRef(-1);
	useEffect(() => {
		if (chosen < 0 || chosen === revealed.current) return;
		const sought = revealed.current === -1 && startAt >= 0 ? startAt : chosen;
		if (revealed.current !== -1 || sought > 0) list.current?.reveal(sought, "start");
		list.current?.moveFocus(chosen);
		revealed.current = chosen;
	}, [chosen, startAt]);

	const onRows = useCallback((from: number, to: number) => setInSight({ from, to }), []);
	return (
		<VirtualRows
			label="Spans as they were reported"
			handle={list}
			count={outline.length}
			keyOf={(index) => `${idAt(outline, index)} ${index}`}
			rowPx={ITEM_PX}
			measured
			firstRows={FIRST_ITEMS}
			onRows={onRows}
			render={(row) => {
				const spanId = idAt(outline, row);
				const body = bodyOf(spanId);
				return (
					<article aria-label={rowName(outline, row)} className="border-b border-line">
						<header
							className={classNames(
								"flex h-8 items-center gap-2 px-3 text-xs",
								row === chosen ? "bg-accent-soft" : "bg-sunken",
							)}
						>
							<a
								data-span={spanId}
								href={hrefOf(spanId)}
								aria-current={row === chosen ? "true" : undefined}
								onClick={(event) => {
									if (!isPlainClick(event)) return;
									event.preventDefault();
									onChoose(row);
								}}
								className="min-w-0 truncate font-medium text-ink hover:text-accent-ink"
							>
								{rowName(outline, row)}
							</a>
							<code className="ml-auto font-mono text-2xs text-faint">{spanId}</code>
							{body && (
								<CopyButton text={body.text} label={body.cutChars > 0 ? "Copy the shown part" : "Copy the JSON"} />
							)}
						</header>
						<div className="px-3 py-2">
							{body ? <FoldedText text={body.text} mono /> : <div aria-hidden className="h-40 rounded bg-sunken" />}
							{body && body.cutChars > 0 && (
								<p className="text-xs text-warn">
									… {formatCounted(body.cutChars, "more character")}, stored but not shown here
								</p>
							)}
						</div>
					</article>
				);
			}}
		/>
	);
}
