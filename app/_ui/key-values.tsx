import { prettyJson } from "@/app/_ui/pretty-json";

export interface KeyValue {
	key: string;
	value: string;
	/** What kind of value it is, when that is not plain. */
	note?: string;
}

/** Keys with their values as text. */
export function KeyValues({ caption, rows }: { caption: string; rows: KeyValue[] }) {
	return (
		<table className="w-full table-fixed border-collapse text-left text-xs">
			<caption className="sr-only">{caption}</caption>
			<colgroup>
				<col className="w-2/5" />
				<col />
			</colgroup>
			<tbody>
				{rows.map((row, index) => (
					<tr // biome-ignore lint/suspicious/noArrayIndexKey: a key may come twice, from two sources
						key={index}
						className="border-t border-line first:border-t-0 hover:bg-hover"
					>
						<th
							scope="row"
							title={row.note}
							className="px-3 py-1.5 align-top font-mono font-normal wrap-anywhere text-muted"
						>
							{row.key}
						</th>
						<td className="px-3 py-1.5 align-top font-mono text-ink">
							<div className="max-h-64 overflow-auto wrap-anywhere whitespace-pre-wrap">
								{row.value === "" ? <span className="text-faint">(empty)</span> : prettyJson(row.value)}
							</div>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
