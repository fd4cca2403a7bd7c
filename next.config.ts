import type { NextConfig } from "next";

const config: NextConfig = {
	serverExternalPackages: ["@electric-sql/pglite"],
	poweredByHeader: false,
	agentRules: false,
	reactStrictMode: true,
	headers: async () => [
		{
			source: "/:path*",
			headers: [
				{ key: "X-Content-Type-Options", value: "nosniff" },
				{ key: "X-Frame-Options", value: "DENY" },
				{ key: "Referrer-Policy", value: "same-origin" },
			],
		},
	],
	// `npm run check` checks the types, tests included; a start must not fail on a test's type.
	typescript: { ignoreBuildErrors: true },
};

export default config;
