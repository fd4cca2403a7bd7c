import { useRef } from "react";

/**
 * For a dialog that a key opens: where the focus was goes back to where it was, or into the page when that is gone. Its
 * button, which the dialog would choose by itself, may be far away or out of sight.
 */
export function useFocusBack() {
	const before = useRef<Element | null>(null);
	return {
		remember() {
			before.current = document.activeElement;
		},
		/** What is shown next has nothing to do with where the focus was. */
		forget() {
			before.current = null;
		},
		finalFocus(): HTMLElement | false {
			const content = document.getElementById("content");
			const last = before.current;
			const isLost = !(last instanceof HTMLElement) || last === document.body || !last.isConnected;
			if (!isLost && last !== content) return last;
			// A container that is returned would hand the focus on to the first control in it.
			content?.focus({ preventScroll: true });
			return false;
		},
	};
}
