import { TextAreaField } from "@/app/_ui/text-area-field";

const FIRST_LINES = `function evaluate(span) {
	const answer = span.output ?? "";
	return {
		score: answer.includes("sorry") ? 0 : 1,
		reason: "It has " + answer.length + " characters.",
	};
}`;

export function CodeFields({ source }: { source: string | null }) {
	return (
		<TextAreaField
			name="evaluator.source"
			label="JavaScript"
			code
			rows={14}
			defaultValue={source ?? FIRST_LINES}
			hint="It defines evaluate(span) and returns a score, true or false, or a score with a reason. A span has name, kind, status, input, output, model, attributes, metadata, usage and durationMs, and knows its trace and, in start order, its spans. The code reaches no file and no network, and has half a second."
		/>
	);
}
