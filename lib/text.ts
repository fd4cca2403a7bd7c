import { z } from "zod";

/** Text that both stores can hold: Postgres has no NUL character. */
export const Text = z.string().refine((value) => !value.includes("\0"), "must not contain the NUL character");

/** Trimmed text with something in it. */
export const RequiredText = Text.trim().min(1, "must not be blank");
