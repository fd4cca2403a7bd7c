"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useFormState } from "@/app/_ui/action-form";
import { FilterMistake } from "@/app/p/[project]/filter-mistake";
import { FilterOffers, offerId, offersId } from "@/app/p/[project]/filter-offers";
import { readFilterAction } from "@/app/p/[project]/read-filter-action";
import type { Completion } from "@/lib/filter/complete-filter";

/** Between a key and the question what could follow. */
const PAUSE_MS = 60;

interface Props {
	name: string;
	label: string;
	hint?: ReactNode;
	defaultValue?: string;
	placeholder?: string;
	/** For the toolbar of a list: the label is for those who do not see the field. */
	isCompact?: boolean;
	/** Why the text that the page was asked with is no filter. */
	refusal?: string | null;
}

/** A filter as text, with what could stand at the cursor below it. Without JavaScript it is a plain field. */
export function FilterField({ name, label, hint, defaultValue = "", placeholder, isCompact, refusal = null }: Props) {
	const id = useId();
	const input = useRef<HTMLInputElement>(null);
	const asked = useRef(0);
	const waiting = useRef(false);
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	const { result } = useFormState();
	// The refusal after which the text was changed: it no longer speaks of this text.
	const [outdated, setOutdated] = useState(result);
	const [text, setText] = useState(defaultValue);
	const [read, setRead] = useState<string | null>(refusal);
	const [completion, setCompletion] = useState<Completion | null>(null);
	const [active, setActive] = useState(-1);

	useEffect(() => () => clearTimeout(timer.current), []);

	// The address changed under the field: it follows, and keeps the focus.
	useEffect(() => {
		if (input.current) input.current.value = defaultValue;
		setText(defaultValue);
		setRead(refusal);
	}, [defaultValue, refusal]);

	const options = completion?.options ?? [];
	const refused = result !== outdated && result && !result.ok ? (result.fields?.[name] ?? null) : null;
	const mistake = refused ?? read;
	const described = [mistake !== null && `${id}-mistake`, hint && `${id}-hint`].filter(Boolean).join(" ");

	function close() {
		clearTimeout(timer.current);
		asked.current++;
		waiting.current = false;
		setCompletion(null);
	}

	function suggest(pauseMs = PAUSE_MS) {
		clearTimeout(timer.current);
		waiting.current = true;
		timer.current = setTimeout(async () => {
			const question = ++asked.current;
			const field = input.current;
			if (!field) return;
			const written = field.value;
			try {
				const { completion } = await readFilterAction(written, field.selectionStart ?? written.length);
				if (question !== asked.current) return;
				waiting.current = false;
				const piece = written.slice(completion.from, completion.to);
				// What is already there in full needs no offer.
				const fresh = completion.options.filter((option) => option.text !== piece);
				setCompletion({ ...completion, options: fresh });
				setActive(piece === "" || fresh.length < completion.options.length ? -1 : 0);
			} catch {
				// Suggestions are a courtesy: without an answer there are none.
				if (question === asked.current) close();
			}
		}, pauseMs);
	}

	function changed() {
		setText(input.current?.value ?? "");
		setRead(null);
		setOutdated(result);
	}

	function take(index: number) {
		const option = options[index];
		const field = input.current;
		// An offer for what was there before would land in the wrong place.
		if (!completion || !option || !field || waiting.current) return;
		const isOpen = option.text.endsWith('"');
		const isApart = isOpen || field.value.charAt(completion.to) === " ";
		field.setRangeText(isApart ? option.text : `${option.text} `, completion.from, completion.to, "end");
		// The form's own listeners learn of it as of a key.
		field.dispatchEvent(new Event("input", { bubbles: true }));
		field.focus();
	}

	async function check() {
		close();
		const written = input.current?.value ?? "";
		if (refused !== null) return;
		const question = asked.current;
		const reading = await readFilterAction(written, 0).catch(() => null);
		if (reading && question === asked.current) setRead(reading.mistake);
	}

	function onKeyDown(event: KeyboardEvent) {
		const count = options.length;
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			if (count === 0) suggest(0);
			else setActive((last) => (event.key === "ArrowDown" ? (last + 1) % count : last <= 0 ? count - 1 : last - 1));
		} else if (event.key === "Enter" && isCompact && (waiting.current || active < 0)) {
			// A search is asked again as easily: whoever types faster than offers come means what is typed.
			close();
		} else if (event.key === "Enter" && waiting.current) {
			// It was meant for an offer that is still on its way, not for the whole form.
			event.preventDefault();
		} else if (["Enter", "Tab"].includes(event.key) && options[active] && !event.shiftKey && !waiting.current) {
			event.preventDefault();
			take(active);
		} else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
			// The offers were for another place.
			close();
		} else if (event.key === "Escape" && (completion || waiting.current)) {
			event.preventDefault();
			event.stopPropagation();
			close();
		}
	}

	return (
		<div className="flex min-w-0 flex-col gap-1">
			<label htmlFor={id} className={isCompact ? "sr-only" : "text-sm font-medium text-ink"}>
				{label}
			</label>
			<div className="relative">
				<input
					ref={input}
					id={id}
					name={name}
					type="text"
					role="combobox"
					aria-expanded={options.length > 0}
					aria-controls={offersId(id)}
					aria-autocomplete="list"
					aria-activedescendant={options[active] ? offerId(id, active) : undefined}
					aria-describedby={described || undefined}
					aria-invalid={mistake !== null ? true : undefined}
					defaultValue={defaultValue}
					placeholder={placeholder}
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
					onInput={() => {
						changed();
						suggest();
					}}
					onClick={() => {
						close();
						suggest(0);
					}}
					onKeyDown={onKeyDown}
					onBlur={check}
					className="block h-8 w-full rounded-md border border-field-line bg-surface px-2.5 font-mono text-xs text-ink placeholder:text-faint aria-invalid:border-fail"
				/>
				<FilterOffers id={id} options={options} active={active} onTake={take} />
			</div>
			{mistake !== null && <FilterMistake id={`${id}-mistake`} text={text} message={mistake} />}
			{hint && (
				<p id={`${id}-hint`} className="text-xs text-pretty text-faint">
					{hint}
				</p>
			)}
		</div>
	);
}
