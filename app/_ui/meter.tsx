import { classNames } from "@/app/_ui/class-names";

interface Props {
	label: string;
	/** The share that is filled; beyond 1 it is shown as full. */
	value: number;
	/** Nothing more fits: shown as a warning. */
	isFull?: boolean;
}

/** A bar that is filled as far as something has come. */
export function Meter({ label, value, isFull = false }: Props) {
	const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
	return (
		<div
			role="progressbar"
			aria-label={label}
			aria-valuemin={0}
			aria-valuemax={100}
			aria-valuenow={percent}
			className="h-1.5 overflow-hidden rounded-full bg-sunken"
		>
			<div
				className={classNames("h-full rounded-full transition-[width]", isFull ? "bg-warn" : "bg-bar")}
				style={{ width: `${percent}%` }}
			/>
		</div>
	);
}
