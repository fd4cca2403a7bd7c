"use client";

import { ThemeProvider as Themes } from "next-themes";
import type { ReactNode } from "react";

// Only the server's copy of the script ever runs. Another type in the browser tells React that this is meant.
const script = typeof window === "undefined" ? undefined : { type: "text/plain" };

/** Light, dark or as the system says, decided before the first paint. */
export function ThemeProvider({ children }: { children: ReactNode }) {
	return (
		<Themes attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange scriptProps={script}>
			{children}
		</Themes>
	);
}
