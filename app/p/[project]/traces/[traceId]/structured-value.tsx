import { FoldedText } from "@/app/_ui/folded-text";

/** A value that may be text or a structure, as indented JSON or as it is. */
export function StructuredValue({ value }: { value: unknown }) {
	if (value === undefined || value === null || value === "") {
		return <span className="text-xs text-faint">{value === "" ? "(empty)" : "(none)"}</span>;
	}
	return <FoldedText mono text={structuredText(value)} />;
}

export function structuredText(value: unknown): string {
	return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
