/** Which key of the span gave a value. */
export function ProvenanceNote({ from }: { from: string | null | undefined }) {
	if (!from) return null;
	return (
		<span className="font-mono text-2xs wrap-anywhere text-faint" title={`Read from ${from}`}>
			from {from}
		</span>
	);
}
