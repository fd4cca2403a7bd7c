import type { NextConfig } from "next";

const config: NextConfig = {
	serverExternalPackages: ["@electric-sql/pglite"],
	poweredByHeader: false,
	agentRules: false,
	reactStrictMode: true,
};

export default config;
