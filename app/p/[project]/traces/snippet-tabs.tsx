"use client";

import { Tabs } from "@base-ui/react/tabs";
import { CodeBlock } from "@/app/_ui/code-block";

export interface Snippet {
	/** On its tab. */
	name: string;
	/** What it does, above it. */
	text: string;
	/** One after the other. */
	blocks: { title: string; text: string }[];
}

/** Ways to send a first trace, one at a time. */
export function SnippetTabs({ snippets }: { snippets: readonly Snippet[] }) {
	return (
		<Tabs.Root defaultValue={snippets[0]?.name}>
			<Tabs.List aria-label="How to send a trace" className="flex gap-1 overflow-x-auto border-b border-line">
				{snippets.map(({ name }) => (
					<Tabs.Tab
						key={name}
						value={name}
						className="h-9 shrink-0 border-b-2 border-transparent px-3 text-sm font-medium text-muted hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent-ink data-active:text-accent-ink"
					>
						{name}
					</Tabs.Tab>
				))}
			</Tabs.List>
			{snippets.map(({ name, text, blocks }) => (
				<Tabs.Panel key={name} value={name} className="flex flex-col gap-3 pt-3">
					<p className="text-left text-sm text-pretty text-muted">{text}</p>
					{blocks.map((block) => (
						<CodeBlock key={block.title} {...block} />
					))}
				</Tabs.Panel>
			))}
		</Tabs.Root>
	);
}
