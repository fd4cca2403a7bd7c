import { classNames } from "@/app/_ui/class-names";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { formatCount } from "@/app/_ui/format-number";
import { prettyJson } from "@/app/_ui/pretty-json";

export interface KeyValue {
	key: string;
	value: string;
	/** What kind of value it is, when that is not plain. */
	note?: string;
}

/** More rows than this fold; more than the second number are only counted. */
const ROWS_SHOWN = 100;
const ROWS_MAX = 1_000;

/** Keys with their values as text. */
export function KeyValues({ caption, rows }: { caption: string; rows: KeyValue[] }) {
	const shown = rows.length > ROWS_SHOWN + 10 ? ROWS_SHOWN : rows.length;
	return (
		<>
			<Rows caption={caption} rows={rows.slice(0, shown)} />
			{shown < rows.length && (
				<Fold
					className="border-t border-line"
					summaryClassName={classNames("bg-sunken px-3 py-2", CONTINUATION)}
					summary={`${formatCount(rows.length - shown)} more`}
				>
					<Rows caption={`${caption}, continued`} rows={rows.slice(shown, ROWS_MAX)} />
					{rows.length > ROWS_MAX && (
						<p className="border-t border-line px-3 py-2 text-xs text-muted">
							{formatCount(rows.length - ROWS_MAX)} more are stored but not listed here.
						</p>
					)}
				</Fold>
			)}
		</>
	);
}

function Rows({ caption, rows }: { caption: string; rows: KeyValue[] }) {
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
