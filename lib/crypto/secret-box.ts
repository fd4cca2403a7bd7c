import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { encryptionKey } from "@/lib/crypto/encryption-key";
import { AppError } from "@/lib/errors";

const VERSION = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A secret that prints itself redacted; only `reveal()` gives the text, at the place of use. */
export class Secret {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	reveal(): string {
		return this.#text;
	}

	toString(): string {
		return "[secret]";
	}

	toJSON(): string {
		return "[secret]";
	}

	[Symbol.for("nodejs.util.inspect.custom")](): string {
		return "[secret]";
	}
}

/**
 * Seals text with AES-256-GCM. `context` (such as the owner's id) is authenticated with it, so a box moved to another row
 * does not open. Result: `v1:` and base64 of iv (12 bytes), ciphertext and tag (16 bytes).
 */
export function sealSecret(text: string, context: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv("aes-256-gcm", encryptionKey(), iv).setAAD(Buffer.from(context));
	const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
	return `${VERSION}:${sealed.toString("base64")}`;
}

/** Opens a box of `sealSecret`. `conflict` when it was sealed with another key or for another context. */
export function openSecret(box: string, context: string): Secret {
	const [version, payload] = box.split(":");
	const bytes = Buffer.from(payload ?? "", "base64");
	try {
		if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) throw new Error("not a secret box");
		const iv = bytes.subarray(0, IV_BYTES);
		const tag = bytes.subarray(bytes.length - TAG_BYTES);
		const decipher = createDecipheriv("aes-256-gcm", encryptionKey(), iv).setAAD(Buffer.from(context)).setAuthTag(tag);
		const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, bytes.length - TAG_BYTES)), decipher.final()]);
		return new Secret(text.toString("utf8"));
	} catch (error) {
		throw new AppError("conflict", "A stored secret cannot be opened: was SPANWISE_ENCRYPTION_KEY changed?", {
			cause: error,
		});
	}
}
