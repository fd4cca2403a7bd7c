import { Disclosure } from "@/app/_ui/disclosure";
import { formatCounted } from "@/app/_ui/format-number";
import { RawText } from "@/app/_ui/raw-text";
import { TextBlock } from "@/app/_ui/text-block";
import { Conversation } from "@/app/p/[project]/traces/[traceId]/conversation";
import type { Side } from "@/app/p/[project]/traces/[traceId]/conversation-turns";
import { provenanceWords } from "@/app/p/[project]/traces/[traceId]/provenance-words";
import { RetrievalDocuments } from "@/app/p/[project]/traces/[traceId]/retrieval-documents";
import { ToolBlock } from "@/app/p/[project]/traces/[traceId]/tool-block";
import { ToolDefinitions } from "@/app/p/[project]/traces/[traceId]/tool-definitions";
import type { DerivedFields } from "@/lib/span/derived-fields";

const TITLES = { input: "Input", output: "Output" };

/** Kinds whose input is a search or a list of texts: they read better than the request around them. */
const TEXT_TITLES: Partial<Record<DerivedFields["kind"], string>> = {
	retrieval: "Query",
	reranker: "Query",
	embedding: "Texts",
};

/** What went in and what came out, as a reader wants it and, one click away, as it was sent. */
export function SpanContent({ derived, mediaHref }: { derived: DerivedFields; mediaHref: string }) {
	const { inputMessages, outputMessages, retrievalDocuments, toolDefinitions, provenance } = derived;
	const readable = readableSides(derived);
	const textTitle = TEXT_TITLES[derived.kind];
	return (
		<>
			{(inputMessages || outputMessages) && (
				<Conversation
					input={inputMessages}
					output={outputMessages}
					from={{ input: provenance.inputMessages ?? null, output: provenance.outputMessages ?? null }}
					mediaHref={mediaHref}
				/>
			)}
			{derived.kind === "tool" && <ToolBlock derived={derived} />}
			{textTitle && derived.inputText !== null && (
				<TextBlock
					title={textTitle}
					note={provenanceWords(provenance.inputText ?? derived.inputFrom)}
					text={derived.inputText}
				/>
			)}
			{retrievalDocuments && <RetrievalDocuments documents={retrievalDocuments} from={provenance.retrievalDocuments} />}
			{(["input", "output"] as const).map((side) => (
				<Raw key={side} side={side} derived={derived} folded={readable[side]} />
			))}
			{toolDefinitions && toolDefinitions.length > 0 && (
				<Disclosure
					title="Tools offered"
					note={[formatCounted(toolDefinitions.length, "tool"), provenanceWords(provenance.toolDefinitions)]
						.filter(Boolean)
						.join(" ")}
				>
					<ToolDefinitions tools={toolDefinitions} />
				</Disclosure>
			)}
		</>
	);
}

/** The text as it was sent: in sight when nothing above says the same in a more readable way. */
function Raw({ side, derived, folded }: { side: Side; derived: DerivedFields; folded: boolean }) {
	const text = derived[side];
	if (text === null) return null;
	const note = provenanceWords(derived[`${side}From`]);
	if (!folded) return <TextBlock title={TITLES[side]} note={note} text={text} />;
	return (
		<Disclosure title={`Raw ${side}`} note={note}>
			<RawText text={text} label={`raw ${side}`} />
		</Disclosure>
	);
}

/** Which sides have something more readable than their raw text. */
function readableSides(derived: DerivedFields): Record<Side, boolean> {
	const { kind, inputMessages, outputMessages, inputText, retrievalDocuments, toolArguments, toolResult } = derived;
	const tool = kind === "tool";
	return {
		input:
			inputMessages !== null ||
			(tool && isKnown(toolArguments)) ||
			(TEXT_TITLES[kind] !== undefined && inputText !== null),
		output: outputMessages !== null || (tool && isKnown(toolResult)) || retrievalDocuments !== null,
	};
}

function isKnown(value: unknown): boolean {
	return value !== null && value !== undefined;
}
