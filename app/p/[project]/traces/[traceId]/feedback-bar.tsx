"use client";

import { Popover } from "@base-ui/react/popover";
import { MessageSquareText, ThumbsDown, ThumbsUp, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { ActionForm, useFormState } from "@/app/_ui/action-form";
import { buttonClass } from "@/app/_ui/button";
import { FormMessage } from "@/app/_ui/form-message";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextAreaField } from "@/app/_ui/text-area-field";
import { Time } from "@/app/_ui/time";
import { useKey } from "@/app/p/[project]/_keys/use-key";
import {
	deleteFeedbackAction,
	type FeedbackPlace,
	giveFeedbackAction,
} from "@/app/p/[project]/traces/[traceId]/feedback-actions";
import { useTracePlace } from "@/app/p/[project]/traces/[traceId]/use-trace-place";
import type { Feedback } from "@/lib/feedback/feedback";

interface Props {
	place: FeedbackPlace;
	/** On this trace or span alone, oldest first. */
	feedback: readonly Feedback[];
}

/** Thumbs and notes on a trace or a span, to read and to give. The keys are those of the span once one is chosen. */
export function FeedbackBar({ place, feedback }: Props) {
	const { spanId } = useTracePlace();
	const hasKeys = place.spanId === spanId;
	const [isOpen, setOpen] = useState(false);
	const [up, down] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)];
	const field = useRef<HTMLDivElement>(null);
	useKey("trace.thumbsUp", () => up.current?.click(), { enabled: hasKeys });
	useKey("trace.thumbsDown", () => down.current?.click(), { enabled: hasKeys });
	useKey("trace.note", () => setOpen(true), { enabled: hasKeys });
	const notes = feedback.filter(({ note }) => note !== null);
	const subject = place.spanId === null ? "trace" : "span";
	return (
		<section aria-label={`Feedback on the ${subject}`} className="flex items-center gap-0.5">
			<ThumbForm thumb="UP" {...{ place, feedback, subject }} button={up} />
			<ThumbForm thumb="DOWN" {...{ place, feedback, subject }} button={down} />
			<Popover.Root open={isOpen} onOpenChange={setOpen}>
				<Popover.Trigger
					aria-label={`Notes on the ${subject}: ${formatCount(notes.length)}`}
					title={`Notes on the ${subject} (n)`}
					className={buttonClass({ variant: "ghost", size: "sm" }, "px-1.5")}
				>
					<MessageSquareText aria-hidden className="size-3.5" />
					{notes.length > 0 && formatCount(notes.length)}
				</Popover.Trigger>
				<Popover.Portal>
					<Popover.Positioner side="bottom" align="end" sideOffset={4} className="z-40">
						<Popover.Popup
							initialFocus={() => field.current?.querySelector("textarea") ?? true}
							className="flex max-h-[60dvh] w-[min(24rem,90vw)] flex-col gap-3 overflow-y-auto rounded-lg border border-line bg-surface p-3 shadow-raised outline-none"
						>
							<Popover.Title className="text-sm font-semibold text-ink">{`Notes on the ${subject}`}</Popover.Title>
							{notes.length === 0 && <p className="text-xs text-faint">None yet.</p>}
							<NoteList notes={notes} place={place} />
							<div ref={field}>
								<NoteForm place={place} />
							</div>
						</Popover.Popup>
					</Popover.Positioner>
				</Popover.Portal>
			</Popover.Root>
		</section>
	);
}

interface ThumbProps extends Props {
	thumb: "UP" | "DOWN";
	subject: string;
	button: RefObject<HTMLButtonElement | null>;
}

/** Gives a thumb, or takes back the one that was given. */
function ThumbForm({ thumb, place, feedback, subject, button }: ThumbProps) {
	const given = feedback.filter((one) => one.thumb === thumb);
	const last = given.at(-1);
	const action = last ? deleteFeedbackAction.bind(null, place, last.id) : giveFeedbackAction.bind(null, place);
	return (
		<ActionForm action={action} className="contents">
			<input type="hidden" name="thumb" value={thumb} />
			<ThumbButton {...{ thumb, subject, button }} count={given.length} />
		</ActionForm>
	);
}

function ThumbButton({
	thumb,
	subject,
	button,
	count,
}: Pick<ThumbProps, "thumb" | "subject" | "button"> & { count: number }) {
	const { pending, result } = useFormState();
	const Icon = thumb === "UP" ? ThumbsUp : ThumbsDown;
	const label = thumb === "UP" ? `Thumbs up for the ${subject}` : `Thumbs down for the ${subject}`;
	const refusal = result?.ok === false ? result.message : null;
	return (
		<button
			ref={button}
			type="submit"
			aria-label={label}
			aria-pressed={count > 0}
			aria-busy={pending}
			title={refusal ?? `${label} (${thumb === "UP" ? "+" : "-"})`}
			className={buttonClass(
				{ variant: "ghost", size: "sm" },
				thumb === "UP"
					? "px-1.5 aria-pressed:bg-pass-soft aria-pressed:text-pass"
					: "px-1.5 aria-pressed:bg-fail-soft aria-pressed:text-fail",
			)}
		>
			<Icon aria-hidden className="size-3.5" />
			{count > 1 && formatCount(count)}
			{refusal && (
				<span role="alert" className="text-warn">
					not kept
				</span>
			)}
		</button>
	);
}

function NoteList({ notes, place }: { notes: readonly Feedback[]; place: FeedbackPlace }) {
	if (notes.length === 0) return null;
	return (
		<ol aria-label={formatCounted(notes.length, "note")} className="flex flex-col divide-y divide-line">
			{notes.map(({ id, note, author, createdAt }) => (
				<li key={id} className="flex items-start gap-2 py-2">
					<div className="min-w-0 flex-1">
						<p className="text-sm wrap-anywhere whitespace-pre-wrap text-ink">{note}</p>
						<p className="flex gap-2 text-2xs text-faint">
							<Time epochMs={createdAt.getTime()} />
							{author && <span className="truncate">{author}</span>}
						</p>
					</div>
					<ActionForm action={deleteFeedbackAction.bind(null, place, id)}>
						<button
							type="submit"
							aria-label="Delete this note"
							title="Delete this note"
							className={buttonClass({ variant: "ghost", size: "icon" })}
						>
							<X aria-hidden className="size-3.5" />
						</button>
					</ActionForm>
				</li>
			))}
		</ol>
	);
}

function NoteForm({ place }: { place: FeedbackPlace }) {
	return (
		<ActionForm action={giveFeedbackAction.bind(null, place)} aria-label="Add a note" className="flex flex-col gap-2">
			<TextAreaField name="note" label="New note" rows={3} onKeyDown={submitWithMod} />
			<FormMessage />
			<div className="flex justify-end">
				<SubmitButton size="sm">Add note</SubmitButton>
			</div>
		</ActionForm>
	);
}

function submitWithMod(event: KeyboardEvent<HTMLTextAreaElement>) {
	if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
}
