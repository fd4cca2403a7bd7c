import { PlugZap } from "lucide-react";
import { Chip } from "@/app/_ui/chip";
import type { Connection } from "@/lib/connections/connection";

/** That a connection's model cannot be asked at present, and why; nothing when it can. */
export function BlockedChip({ connection: { blockedAt, blockedReason } }: { connection: Connection }) {
	if (blockedAt === null) return null;
	return (
		<Chip
			tone="warn"
			icon={<PlugZap aria-hidden />}
			title={`${blockedReason ?? "Its model cannot be asked."}\nEvaluations wait until a test of the connection passes.`}
		>
			blocked
		</Chip>
	);
}
