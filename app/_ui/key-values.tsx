import { classNames } from "@/app/_ui/class-names";
import { clipText, LINE_CHARS_MAX, TEXT_CHARS_MAX } from "@/app/_ui/clip-text";
import { CutNote } from "@/app/_ui/cut-note";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { formatCount } from "@/app/_ui/format-number";
import { LineText } from "@/app/_ui/line-text";
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
/** Once the values of a table have this many characters, those that follow are cut short. */
const VALUES_CHARS_MAX = 2 * 1024 * 1024;

interface Row extends Omit<KeyValue, "value"> {
	shown: string;
	cutChars: number;
}

/** Keys with their values as text. A table carries a few megabytes at most. */
export function KeyValues({ caption, rows }: { caption: string; rows: KeyValue[] }) {
	const listed = shownRows(rows.slice(0, ROWS_MAX));
	const shown = rows.length > ROWS_SHOWN + 10 ? ROWS_SHOWN : rows.length;
	return (
		<>
			<Rows caption={caption} rows={listed.slice(0, shown)} />
			{shown < rows.length && (
				<Fold
					className="border-t border-line"
					summaryClassName={classNames("bg-sunken px-3 py-2", CONTINUATION)}
					summary={`${formatCount(rows.length - shown)} more`}
				>
					<Rows caption={`${caption}, continued`} rows={listed.slice(shown)} />
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

function shownRows(rows: readonly KeyValue[]): Row[] {
	let spent = 0;
	return rows.map(({ value, ...row }) => {
		const full = spent >= VALUES_CHARS_MAX;
		const { shown, cutChars } = clipText(value, full ? LINE_CHARS_MAX : TEXT_CHARS_MAX);
		// Indentation would let even short values grow without bound.
		const text = full || cutChars > 0 ? shown : prettyJson(shown);
		spent += text.length;
		return { ...row, shown: text, cutChars };
	});
}

function Rows({ caption, rows }: { caption: string; rows: Row[] }) {
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
							<LineText text={row.key} />
						</th>
						<td className="px-3 py-1.5 align-top font-mono text-ink">
							<div className="max-h-64 overflow-auto wrap-anywhere whitespace-pre-wrap">
								{row.shown === "" ? <span className="text-faint">(empty)</span> : row.shown}
							</div>
							{row.cutChars > 0 && <CutNote cutChars={row.cutChars} />}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
