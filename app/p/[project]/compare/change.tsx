import { classNames } from "@/app/_ui/class-names";

interface Props {
	/** Null: not known. */
	from: number | null;
	to: number | null;
	format: (value: number) => string;
	/** Neither more nor less is better. */
	neutral?: boolean;
}

const SHARE = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 0, signDisplay: "always" });
/** What grew more than tenfold is easier to grasp as a multiple. */
const MULTIPLE_MIN = 10;

/** How much more or less the second is, coloured for numbers of which less is better. */
export function Change({ from, to, format, neutral = false }: Props) {
	if (from === null || to === null) return <span title="Not known">–</span>;
	const difference = to - from;
	if (difference === 0) return <span className="text-faint">same</span>;
	return (
		<span
			title={`${difference > 0 ? "+" : "−"}${format(Math.abs(difference))}`}
			className={classNames("tabular-nums", neutral ? "text-muted" : difference > 0 ? "text-fail" : "text-pass")}
		>
			{changeWords(from, to)}
		</span>
	);
}

/** `+12%`, `−40%`, `×15`; what was zero before is `new`. */
export function changeWords(from: number, to: number): string {
	if (from === 0) return "new";
	if (to / from >= MULTIPLE_MIN) return `×${Math.round(to / from)}`;
	return SHARE.format((to - from) / from).replace("-", "−");
}
