/** Whether the reader's machine has a Command key. */
export function isApple(): boolean {
	return /Mac|iPhone|iPad/.test(navigator.platform);
}
