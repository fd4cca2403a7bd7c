import { defineConfig } from "prisma/config";

// `prisma generate` asks for the native schema engine although it never runs it; any existing file satisfies the check,
// so a machine without access to the engine's download host can generate the client.
if (!process.argv.some((argument) => argument === "migrate" || argument === "db")) {
	process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
	schema: "prisma/schema.prisma",
	migrations: { path: "prisma/migrations" },
	datasource: { url: process.env.DATABASE_URL ?? "postgresql://localhost:5432/unused" },
});
