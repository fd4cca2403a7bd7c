import { CONTINUATION, Fold } from "@/app/_ui/fold";

const VARIABLES: readonly [name: string, about: string][] = [
	["{{input}}", "what went into the span, or into the trace"],
	["{{output}}", "what came out of it"],
	["{{name}}", "the span's name"],
	["{{model}}", "the model that answered"],
	["{{attribute.KEY}}", "an attribute of the span or its resource"],
	["{{metadata.KEY}}", "a value of its metadata"],
	['{{spans["NAME"].output}}', "what came out of another span of the trace; .input as well"],
	["{{trace.input}}", "what went into the trace"],
	["{{trace.output}}", "what came out of it"],
	["{{criteria}}", "the criteria above"],
	["{{min_score}}", "the lowest score"],
	["{{max_score}}", "the highest score"],
];

export function TemplateVariables() {
	return (
		<Fold summaryClassName={`inline-flex rounded ${CONTINUATION}`} summary="What a template can say">
			<dl className="mt-2 grid gap-x-4 gap-y-1 text-xs sm:grid-cols-[max-content_minmax(0,1fr)]">
				{VARIABLES.map(([name, about]) => (
					<div key={name} className="contents">
						<dt className="font-mono break-words text-ink">{name}</dt>
						<dd className="text-muted max-sm:mb-1">{about}</dd>
					</div>
				))}
			</dl>
			<p className="mt-2 text-xs text-pretty text-faint">
				Where a span does not have what a template names, it is not judged: the decision fails and says what is missing.
			</p>
		</Fold>
	);
}
