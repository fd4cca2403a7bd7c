import { defineConfig } from "vitest/config";

const shared = { resolve: { tsconfigPaths: true } };

export default defineConfig({
	...shared,
	test: {
		reporters: ["default", "./tests/support/summary-reporter.ts"],
		projects: [
			{
				...shared,
				test: {
					name: "unit",
					include: ["tests/unit/**/*.test.{ts,tsx}"],
					pool: "forks",
					maxWorkers: 2,
					// A busy machine is no failure.
					testTimeout: 60_000,
				},
			},
			{
				...shared,
				test: {
					name: "integration",
					include: ["tests/integration/**/*.test.ts"],
					globalSetup: ["tests/support/clickhouse-server.ts"],
					pool: "forks",
					maxWorkers: 2,
					testTimeout: 60_000,
					hookTimeout: 60_000,
				},
			},
			{
				...shared,
				test: {
					name: "http",
					include: ["tests/e2e/http/**/*.test.ts"],
					globalSetup: ["tests/support/build-app.ts"],
					pool: "forks",
					maxWorkers: 2,
					testTimeout: 120_000,
					hookTimeout: 180_000,
					sequence: { groupOrder: 1 },
				},
			},
			{
				...shared,
				test: {
					name: "e2e",
					// What kills, pauses or looks at a page wants the machine for itself.
					include: ["tests/e2e/*.test.ts", "tests/e2e/browser/**/*.test.ts"],
					globalSetup: ["tests/support/build-app.ts"],
					pool: "forks",
					maxWorkers: 1,
					fileParallelism: false,
					sequence: { groupOrder: 2 },
					testTimeout: 120_000,
					hookTimeout: 180_000,
				},
			},
		],
	},
});
