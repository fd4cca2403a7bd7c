"use client";

import { createContext, type ReactNode, useEffect, useState } from "react";
import { isApple } from "@/app/p/[project]/_keys/is-apple";
import { KeyBindings } from "@/app/p/[project]/_keys/key-bindings";

export const KeyContext = createContext<KeyBindings | null>(null);

/** Listens to the keyboard for everything below that calls `useKey`. */
export function KeyProvider({ children }: { children: ReactNode }) {
	const [bindings] = useState(() => new KeyBindings());

	useEffect(() => {
		const listen = (event: KeyboardEvent) => bindings.press(event, isApple());
		document.addEventListener("keydown", listen);
		return () => document.removeEventListener("keydown", listen);
	}, [bindings]);

	return <KeyContext value={bindings}>{children}</KeyContext>;
}
