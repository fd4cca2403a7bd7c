import { Disclosure } from "@/app/_ui/disclosure";
import { Fold } from "@/app/_ui/fold";
import { FoldedText } from "@/app/_ui/folded-text";
import { formatCounted } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import { type Change, versionChanges } from "@/app/p/[project]/rules/[ruleId]/version-changes";
import type { Connection } from "@/lib/connections/connection";
import type { RuleVersion } from "@/lib/rules/list-rule-versions";

/** Longer values are told as changed, and unfold. */
const INLINE_CHARS = 80;

interface Props {
	/** Newest first. */
	versions: RuleVersion[];
	connections: Connection[];
}

/** What changed from one version of the rule to the next; every score says which version gave it. */
export function VersionHistory({ versions, connections }: Props) {
	const names = new Map(connections.map(({ id, name }) => [id, name]));
	const nameOf = (id: string) => names.get(id) ?? "one that was deleted";
	return (
		<Disclosure title="Versions" note={formatCounted(versions.length, "version")} open={versions.length > 1}>
			<ol className="flex flex-col divide-y divide-line">
				{versions.map(({ version, definition, createdAt }, index) => {
					const before = versions[index + 1];
					return (
						<li key={version} className="grid gap-x-4 gap-y-1 px-3 py-2 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
							<span className="flex flex-col">
								<span className="font-medium text-ink">Version {version}</span>
								<span className="text-xs text-faint">
									<Time epochMs={createdAt.getTime()} short />
								</span>
							</span>
							{before ? (
								<ul className="flex min-w-0 flex-col gap-1">
									{versionChanges(before.definition, definition, nameOf).map((change) => (
										<li key={change.what}>
											<ChangeLine change={change} />
										</li>
									))}
								</ul>
							) : (
								<span className="text-muted">{version === 1 ? "The rule was made." : "The oldest that is kept."}</span>
							)}
						</li>
					);
				})}
			</ol>
		</Disclosure>
	);
}

function ChangeLine({ change: { what, before, after } }: { change: Change }) {
	const isLong = [before, after].some((text) => text !== null && (text.length > INLINE_CHARS || text.includes("\n")));
	if (isLong) {
		return (
			<Fold summaryClassName="inline-flex rounded text-ink" summary={`${what}: ${verb(before, after)}`}>
				<div className="mt-1 grid gap-2 md:grid-cols-2">
					<Side label="Before" text={before} />
					<Side label="After" text={after} />
				</div>
			</Fold>
		);
	}
	return (
		<span className="wrap-anywhere">
			<span className="text-ink">{what}: </span>
			{before !== null && <del className="text-muted decoration-fail/60">{before}</del>}
			{before !== null && after !== null && <span className="text-faint"> → </span>}
			{after === null ? (
				<span className="text-muted"> no longer</span>
			) : (
				<ins className="text-ink no-underline">{after}</ins>
			)}
		</span>
	);
}

function Side({ label, text }: { label: string; text: string | null }) {
	if (text === null) return null;
	return (
		<div className="min-w-0 rounded-md bg-sunken px-2.5 py-1.5">
			<p className="text-2xs text-faint">{label}</p>
			<FoldedText text={text} mono />
		</div>
	);
}

function verb(before: string | null, after: string | null): string {
	return before === null ? "new" : after === null ? "no longer" : "changed";
}
