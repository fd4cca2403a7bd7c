import { formatDecimal } from "@/app/_ui/format-number";

/** A share of 1 in percent, with at most one decimal: `0 %`, `2.5 %`, `<0.1 %`, `100 %`. Only all is 100 %. */
export function formatShare(share: number): string {
	if (share > 0 && share < 0.001) return "<0.1 %";
	if (share < 1 && share > 0.999) return ">99.9 %";
	return `${formatDecimal(Number((share * 100).toFixed(1)))} %`;
}
