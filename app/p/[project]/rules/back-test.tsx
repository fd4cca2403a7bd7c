"use client";

import { FlaskConical } from "lucide-react";
import { useEffect, useRef, useState, useTransition } from "react";
import type { ActionResult } from "@/app/_ui/action-result";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { SectionFrame } from "@/app/_ui/section-frame";
import { BackTestExample } from "@/app/p/[project]/rules/back-test-example";
import { BackTestFigures } from "@/app/p/[project]/rules/back-test-figures";
import type { DryRunOutcome, ForecastOutcome } from "@/app/p/[project]/rules/back-test-outcome";
import { fieldLabel } from "@/app/p/[project]/rules/field-labels";

const UNREACHED: ActionResult = { ok: false, message: "The server did not answer. Nothing was counted: try again." };

interface Props {
	/** Address of the project's traces. */
	tracesPath: string;
	forecast: (form: FormData) => Promise<ForecastOutcome>;
	judge: (form: FormData, examples: { traceId: string; spanId: string }[]) => Promise<DryRunOutcome>;
}

/** Tries out what the surrounding form holds at this moment, without saving it. */
export function BackTest({ tracesPath, forecast, judge }: Props) {
	const frame = useRef<HTMLDivElement>(null);
	const [outcome, setOutcome] = useState<ForecastOutcome | null>(null);
	const [judged, setJudged] = useState<DryRunOutcome | null>(null);
	const [isChanged, setChanged] = useState(false);
	const [counting, startCounting] = useTransition();
	const [judging, startJudging] = useTransition();
	const isBusy = counting || judging;
	const found = outcome && !outcome.failure ? outcome : null;
	const failure = judged?.failure ?? outcome?.failure;
	const examples = found?.forecast.examples ?? [];

	useEffect(() => {
		const form = frame.current?.closest("form");
		const note = () => setChanged(true);
		form?.addEventListener("input", note);
		return () => form?.removeEventListener("input", note);
	}, []);

	function formData(): FormData {
		return new FormData(frame.current?.closest("form") ?? undefined);
	}

	function count() {
		if (isBusy) return;
		setChanged(false);
		startCounting(async () => {
			const next = await forecast(formData()).catch(() => ({ failure: UNREACHED }));
			startCounting(() => {
				setOutcome(next);
				setJudged(null);
			});
		});
	}

	function judgeExamples() {
		if (isBusy) return;
		startJudging(async () => {
			const chosen = examples.map(({ traceId, spanId }) => ({ traceId, spanId }));
			const next = await judge(formData(), chosen).catch(() => ({ failure: UNREACHED }));
			startJudging(() => setJudged(next));
		});
	}

	return (
		<SectionFrame title="Try it" note="nothing is saved">
			<div ref={frame} className="flex flex-col gap-3 p-3">
				{!found && (
					<p className="text-sm text-pretty text-muted">
						What would this rule have done with what is stored already: how often, and at what cost?
					</p>
				)}
				<div className="flex flex-wrap items-center gap-2">
					<Button onClick={count} aria-disabled={isBusy} aria-busy={counting}>
						<FlaskConical aria-hidden className="size-4" />
						{counting ? "Counting…" : "Try it on the last 7 days"}
					</Button>
					<noscript className="text-xs text-muted">This needs JavaScript.</noscript>
				</div>
				<div role="status" className={classNames("flex flex-col gap-3 empty:-mt-3", counting && "opacity-60")}>
					{found && isChanged && !isBusy && (
						<p className="text-xs text-warn">The form has changed since: this speaks of how it was.</p>
					)}
					{failure && !isBusy && <Refusal failure={failure} />}
					{found && <BackTestFigures forecast={found.forecast} target={found.target} />}
				</div>
				{examples.length > 0 && (
					<>
						<ul className="flex flex-col divide-y divide-line border-y border-line">
							{examples.map((example) => (
								<BackTestExample
									key={`${example.traceId} ${example.spanId}`}
									href={`${tracesPath}/${example.traceId}${example.spanId ? `?span=${example.spanId}` : ""}`}
									example={example}
									run={
										judged && !judged.failure
											? (judged.runs.find((run) => run.traceId === example.traceId && run.spanId === example.spanId) ??
												null)
											: null
									}
								/>
							))}
						</ul>
						<div className="flex flex-wrap items-center gap-x-3 gap-y-1">
							<Button size="sm" onClick={judgeExamples} aria-disabled={isBusy} aria-busy={judging}>
								{judging ? "Judging…" : examples.length === 1 ? "Judge this one now" : judgeWords(examples.length)}
							</Button>
							<span className="text-xs text-faint">
								The verdicts are not kept; calls to a model cost what they always do.
							</span>
						</div>
					</>
				)}
			</div>
		</SectionFrame>
	);
}

const NUMBERS = ["", "one", "two", "three", "four", "five"];

function judgeWords(count: number): string {
	return `Judge these ${NUMBERS[count] ?? count} now`;
}

function Refusal({ failure }: { failure: ActionResult }) {
	if (failure.ok) return null;
	return (
		<div className="flex flex-col gap-1 rounded-md bg-fail-soft px-2.5 py-2 text-xs text-fail">
			<p>{failure.message}</p>
			{failure.fields && (
				<ul className="list-disc pl-4">
					{Object.entries(failure.fields).map(([name, mistake]) => (
						<li key={name} className="wrap-anywhere">
							{fieldLabel(name)}: {mistake}
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
