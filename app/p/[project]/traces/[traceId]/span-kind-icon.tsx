import {
	ArrowDownWideNarrow,
	Bot,
	Box,
	Database,
	FileText,
	Gavel,
	Layers,
	type LucideIcon,
	ShieldCheck,
	Sparkles,
	Waypoints,
	Wrench,
} from "lucide-react";
import type { SpanKind } from "@/lib/span/span";

const ICONS: Record<SpanKind, LucideIcon> = {
	llm: Sparkles,
	embedding: Waypoints,
	retrieval: Database,
	reranker: ArrowDownWideNarrow,
	tool: Wrench,
	agent: Bot,
	chain: Layers,
	guardrail: ShieldCheck,
	evaluator: Gavel,
	prompt: FileText,
	span: Box,
};

/** The kind for the eye; whoever places it says it in words as well. */
export function SpanKindIcon({ kind }: { kind: SpanKind }) {
	const Icon = ICONS[kind];
	return (
		<span title={kind} className="shrink-0 text-faint">
			<Icon aria-hidden className="size-3.5" />
		</span>
	);
}
