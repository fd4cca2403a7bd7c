import { Chip } from "@/app/_ui/chip";
import { FoldedText } from "@/app/_ui/folded-text";
import { SectionFrame } from "@/app/_ui/section-frame";
import type { OpenTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { readTraceTexts } from "@/lib/traces/read-trace-texts";

const SHOWN = { shownChars: 1_500, shownLines: 20 };

/** What each of the two was asked and what it answered, side by side. */
export async function ComparedOutputs({ a, b }: { a: OpenTrace; b: OpenTrace }) {
	const [left, right] = await Promise.all([readTraceTexts(a.trace), readTraceTexts(b.trace)]);
	return (
		<>
			{(["input", "output"] as const).map((side) => (
				<SectionFrame
					key={side}
					title={side === "input" ? "Input" : "Output"}
					actions={left[side] === right[side] ? <Chip>the same</Chip> : <Chip tone="warn">different</Chip>}
				>
					<div className="grid grid-cols-1 divide-line max-lg:divide-y lg:grid-cols-2 lg:divide-x">
						<Side text={left[side]} />
						<Side text={right[side]} />
					</div>
				</SectionFrame>
			))}
		</>
	);
}

function Side({ text }: { text: string | null }) {
	return (
		<div className="min-w-0 p-3">
			{text === null ? <span className="text-xs text-faint">(none)</span> : <FoldedText text={text} {...SHOWN} />}
		</div>
	);
}
