import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { ThemeProvider } from "@/app/_ui/theme-provider";
import "@/app/globals.css";

export const metadata: Metadata = {
	title: { template: "%s · Spanwise", default: "Spanwise" },
	description: "Production LLM traces become judged evidence and tests.",
	robots: { index: false, follow: false },
};

export const viewport: Viewport = {
	themeColor: [
		{ media: "(prefers-color-scheme: light)", color: "#f8f9fb" },
		{ media: "(prefers-color-scheme: dark)", color: "#0c0e12" },
	],
};

export default function RootLayout({ children }: { children: ReactNode }) {
	return (
		// The theme script sets the class before the first paint, so it differs from what the server wrote.
		<html lang="en" suppressHydrationWarning className={`${GeistSans.variable} ${GeistMono.variable}`}>
			<body className="min-h-dvh font-sans">
				<ThemeProvider>
					<a
						href="#content"
						className="sr-only z-50 rounded-md bg-accent px-3 py-1.5 text-sm text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
					>
						Skip to content
					</a>
					{children}
				</ThemeProvider>
			</body>
		</html>
	);
}
