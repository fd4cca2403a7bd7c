const WHOLE = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 4 });
const SMALL = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 6 });
const SMALLEST = 0.000_001;

/** US dollars with at most six decimals: `$0`, `$0.000475`, `$0.02`, `$1,234.50`; less than can be shown is `<$0.000001`. */
export function formatCost(dollars: number): string {
	if (dollars === 0) return "$0";
	if (dollars < 0) return `-${formatCost(-dollars)}`;
	if (dollars < SMALLEST) return "<$0.000001";
	return `$${(dollars < 1 ? SMALL : WHOLE).format(dollars)}`;
}
