const NAMES: Record<string, string> = {
	" ": "space",
	ArrowDown: "down",
	ArrowLeft: "left",
	ArrowRight: "right",
	ArrowUp: "up",
	Enter: "enter",
	Escape: "esc",
};

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/**
 * A key press in the words of the key table: `j`, `?`, `enter`, `mod+k`, where `mod` is Command on Apple's machines and
 * Control elsewhere. Null when a modifier makes it a key of the browser's or the system's.
 */
export function strokeOf(pressed: Pressed, isApple: boolean): string | null {
	const mod = isApple ? pressed.metaKey : pressed.ctrlKey;
	const foreign = isApple ? pressed.ctrlKey : pressed.metaKey;
	// AltGr, which many layouts need for [ and ], counts as Control and Alt.
	const isComposed = pressed.altKey && pressed.ctrlKey && pressed.key.length === 1;
	if (isComposed) return pressed.key;
	if (foreign || pressed.altKey) return null;
	const key = NAMES[pressed.key] ?? latin(pressed);
	if (pressed.shiftKey && (mod || /^[a-z]+$/.test(key))) return null;
	return mod ? `mod+${key}` : key;
}

/** Letters in lower case; on a layout without Latin letters, the letter that stands there on one with them. */
function latin({ key, code }: Pressed): string {
	const letter = /^Key([A-Z])$/.exec(code)?.[1];
	if (letter && key.length === 1 && key > "\u007f") return letter.toLowerCase();
	return key.length === 1 ? key.toLowerCase() : key;
}
