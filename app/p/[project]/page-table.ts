import {
	Activity,
	Bell,
	Box,
	ChartNoAxesCombined,
	CircleDollarSign,
	HeartPulse,
	Layers,
	ListChecks,
	type LucideIcon,
	Plug,
	Users,
	Webhook,
} from "lucide-react";
import type { KeyAction } from "@/app/p/[project]/_keys/key-table";

export interface ProjectPage {
	/** Below `/p/{project}/`. */
	segment: string;
	name: string;
	Icon: LucideIcon;
	/** The key that goes there. */
	action: KeyAction | null;
	/** There is none for all projects together. */
	ofOneProject: boolean;
	/** The page whose tab leads there; the side bar does not. */
	tabOf?: string;
}

/** The pages of a project, in the order of the side bar; the palette and the keys go to the same. */
export const PAGE_TABLE: readonly ProjectPage[] = [
	{ segment: "overview", name: "Overview", Icon: ChartNoAxesCombined, action: "go.overview", ofOneProject: false },
	{ segment: "traces", name: "Traces", Icon: Activity, action: "go.traces", ofOneProject: false },
	{ segment: "spans", name: "Spans", Icon: Box, action: "go.spans", ofOneProject: false, tabOf: "traces" },
	{ segment: "sessions", name: "Sessions", Icon: Layers, action: "go.sessions", ofOneProject: false, tabOf: "traces" },
	{ segment: "users", name: "Users", Icon: Users, action: "go.users", ofOneProject: false },
	{ segment: "rules", name: "Rules", Icon: ListChecks, action: "go.rules", ofOneProject: true },
	{ segment: "alerts", name: "Alerts", Icon: Bell, action: "go.alerts", ofOneProject: true },
	{ segment: "prices", name: "Prices", Icon: CircleDollarSign, action: null, ofOneProject: true },
	{ segment: "triggers", name: "Triggers", Icon: Webhook, action: null, ofOneProject: true },
	{ segment: "connections", name: "Connections", Icon: Plug, action: "go.connections", ofOneProject: false },
	{ segment: "ingest", name: "Ingest health", Icon: HeartPulse, action: "go.ingest", ofOneProject: false },
];

/** The pages that there are in a scope: of one project, or of all together. */
export function pagesOf(isOneProject: boolean): ProjectPage[] {
	return PAGE_TABLE.filter(({ ofOneProject }) => isOneProject || !ofOneProject);
}
