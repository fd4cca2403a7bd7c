import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const KEY_BYTES = 32;
let cached: Buffer | undefined;

/**
 * The 32-byte key that seals secrets: SPANWISE_ENCRYPTION_KEY, else one made once and kept in the data folder (mode 600).
 * There is no default key.
 */
export function encryptionKey(): Buffer {
	const configured = env().SPANWISE_ENCRYPTION_KEY;
	cached ??= configured ? parseKey(configured) : keyOfDataFolder(env().SPANWISE_DATA_DIR);
	return cached;
}

/** 64 hex digits, or base64 of 32 bytes. */
export function parseKey(text: string, source = "SPANWISE_ENCRYPTION_KEY"): Buffer {
	const key = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
	if (key.length !== KEY_BYTES) {
		throw new AppError("conflict", `${source} must be 32 bytes, as 64 hex digits or in base64`);
	}
	return key;
}

function keyOfDataFolder(dataDir: string): Buffer {
	const folder = resolve(/* turbopackIgnore: true */ dataDir);
	const file = join(folder, "encryption-key");
	try {
		return parseKey(readFileSync(/* turbopackIgnore: true */ file, "utf8").trim(), file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
	}
	// Written whole beside it and linked: of two processes starting at once, both read the same key.
	const draft = `${file}.${process.pid}`;
	try {
		mkdirSync(/* turbopackIgnore: true */ folder, { recursive: true, mode: 0o700 });
		writeFileSync(draft, `${randomBytes(KEY_BYTES).toString("hex")}\n`, { mode: 0o600 });
		linkSync(draft, file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
			throw new AppError(
				"conflict",
				"No key to seal secrets with: set SPANWISE_ENCRYPTION_KEY (openssl rand -hex 32)",
				{
					cause: error,
				},
			);
		}
	} finally {
		rmSync(draft, { force: true });
	}
	return parseKey(readFileSync(/* turbopackIgnore: true */ file, "utf8").trim(), file);
}
