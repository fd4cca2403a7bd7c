/** What nobody told: never a zero, never an empty place. */
export function Unknown() {
	return (
		<span className="text-faint" title="Not known">
			–
		</span>
	);
}
