#!/usr/bin/env node
// The command `spanwise`: makes Node read TypeScript, then hands over. Paths are those of this checkout, wherever it is called.
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
await import("./main.ts");
