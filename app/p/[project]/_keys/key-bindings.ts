import { KEY_TABLE, type KeyAction } from "@/app/p/[project]/_keys/key-table";
import { leavesKey } from "@/app/p/[project]/_keys/leaves-key";
import { strokeOf } from "@/app/p/[project]/_keys/stroke-of";

/** Between the two strokes of `g t`. */
const SEQUENCE_MS = 1200;

type Run = (event: KeyboardEvent) => void;

const ACTIONS: ReadonlyMap<string, KeyAction> = new Map(
	KEY_TABLE.flatMap(({ action, keys }) => keys.map((key) => [key, action] as const)),
);
const FIRST_STROKES = new Set(
	[...ACTIONS.keys()].filter((keys) => keys.includes(" ")).map((keys) => keys.split(" ")[0]),
);

/** Who listens to which key. Of several for one action, whoever came last has it. */
export class KeyBindings {
	#runs = new Map<KeyAction, Run[]>();
	#first: { stroke: string; atMs: number } | null = null;

	/** Returns what takes it back. */
	bind(action: KeyAction, run: Run): () => void {
		this.#runs.set(action, [...(this.#runs.get(action) ?? []), run]);
		return () => {
			this.#runs.set(
				action,
				(this.#runs.get(action) ?? []).filter((other) => other !== run),
			);
		};
	}

	/** The actions that something listens for now, in the order of the table. */
	bound(): KeyAction[] {
		return KEY_TABLE.map(({ action }) => action).filter((action) => (this.#runs.get(action)?.length ?? 0) > 0);
	}

	/** Does what a key would. */
	trigger(action: KeyAction) {
		this.#runs.get(action)?.at(-1)?.(new KeyboardEvent("keydown"));
	}

	press(event: KeyboardEvent, isApple: boolean) {
		const stroke = event.isComposing || event.defaultPrevented ? null : strokeOf(event, isApple);
		if (stroke === null || !leavesKey(event.target, stroke)) return;
		const first = this.#first;
		this.#first = null;
		const isSecond = first !== null && event.timeStamp - first.atMs < SEQUENCE_MS;
		const action = (isSecond && ACTIONS.get(`${first.stroke} ${stroke}`)) || ACTIONS.get(stroke);
		const run = action && this.#runs.get(action)?.at(-1);
		if (run) {
			event.preventDefault();
			run(event);
		} else if (FIRST_STROKES.has(stroke)) {
			this.#first = { stroke, atMs: event.timeStamp };
		}
	}
}
