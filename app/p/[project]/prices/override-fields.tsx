import { TextField } from "@/app/_ui/text-field";
import type { PriceOverride } from "@/lib/pricing/price-override";

/** The fields carry the names of PriceOverrideInput, so that its mistakes find them. */
export function OverrideFields({ override }: { override?: PriceOverride }) {
	const from = override && override.effectiveFrom.getTime() !== 0 ? override.effectiveFrom.toISOString() : undefined;
	return (
		<>
			{from && <input type="hidden" name="effectiveSince" value={from} />}
			<TextField
				name="modelPattern"
				label="Model"
				code
				maxLength={200}
				defaultValue={override?.modelPattern}
				placeholder="gpt-4o*"
				hint="The whole name of the model, in which * stands for any text; or a regular expression such as ^gpt-4o(-mini)?$."
			/>
			<TextField
				name="provider"
				label="Provider"
				optional
				code
				maxLength={100}
				defaultValue={override?.provider ?? undefined}
				placeholder="azure.ai.openai"
			/>
			<div className="grid gap-4 sm:grid-cols-2">
				<Price name="inputPerMillion" label="Input" value={override?.inputPerMillion} />
				<Price name="outputPerMillion" label="Output" value={override?.outputPerMillion} />
				<Price name="cacheReadPerMillion" label="Cache read" optional value={override?.cacheReadPerMillion} />
				<Price name="cacheWritePerMillion" label="Cache write" optional value={override?.cacheWritePerMillion} />
			</div>
			<p className="text-xs text-pretty text-faint">
				US dollars per million tokens, for the standard service tier. Without prices of their own, cached tokens cost
				what other input costs.
			</p>
			<TextField
				name="effectiveFrom"
				label="Effective from"
				optional
				type="date"
				defaultValue={from?.slice(0, 10)}
				hint="Midnight UTC. Spans that start earlier keep other prices; empty: all spans."
			/>
		</>
	);
}

interface PriceProps {
	name: string;
	label: string;
	optional?: boolean;
	value: number | null | undefined;
}

function Price({ name, label, optional, value }: PriceProps) {
	return (
		<TextField
			name={name}
			label={label}
			optional={optional}
			inputMode="decimal"
			code
			defaultValue={value === null || value === undefined ? undefined : String(value)}
		/>
	);
}
