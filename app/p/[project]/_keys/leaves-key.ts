const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const LISTS = "[role=menu], [role=listbox]";
const DIALOGS = "[role=dialog], [role=alertdialog]";

/** What has keys of its own while it has the focus, by stroke. */
const CONTROLS: Record<string, string> = {
	enter: "a[href], button, summary, [role=option], [role=slider]",
	space: "button, summary, [role=checkbox], [role=switch], [role=tab], [role=slider]",
	up: "pre, [role=tab], [role=radio], [role=slider], [role=separator]",
	down: "pre, [role=tab], [role=radio], [role=slider], [role=separator]",
	left: "pre, [role=tab], [role=radio], [role=slider], [role=separator]",
	right: "pre, [role=tab], [role=radio], [role=slider], [role=separator]",
};

/** Types that take no text: a letter pressed there is no typing. */
const TOGGLES = "input[type=checkbox], input[type=radio], input[type=button], input[type=submit]";

/**
 * Whether a stroke is the page's: not while somebody types (what is pressed with `mod` is no typing), not where the focused
 * control has a use for it, and not behind a dialog, unless the dialog is marked `data-keys` as a part of the page.
 */
export function leavesKey(target: EventTarget | null, stroke: string): boolean {
	if (!(target instanceof Element)) return true;
	const dialog = target.closest(DIALOGS);
	if (dialog && !dialog.hasAttribute("data-keys")) return false;
	if (stroke.startsWith("mod+")) return true;
	if (target.closest(TYPING) && !(target.matches(TOGGLES) && stroke !== "space")) return false;
	const controls = CONTROLS[stroke];
	return !target.closest(LISTS) && !(controls && target.closest(controls));
}
