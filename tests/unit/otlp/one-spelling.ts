import type { Decoded, DecodedLogs } from "@/lib/otlp/decoded";

/** The same with paths in the spelling of JSON: what was decoded from protobuf compares with what was decoded from JSON. */
export function oneSpelling<Result extends Decoded | DecodedLogs>(decoded: Result): Result {
	return {
		...decoded,
		rejections: decoded.rejections.map((rejection) => ({ ...rejection, path: camelCase(rejection.path) })),
		warnings: decoded.warnings.map(camelCase),
	};
}

function camelCase(path: string): string {
	return path.replace(
		/(resource|scope|log)_([slr])/g,
		(_, head: string, letter: string) => head + letter.toUpperCase(),
	);
}
