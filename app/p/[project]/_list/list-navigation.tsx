"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useMemo, useTransition } from "react";

interface Navigation {
	/** Shows another address of the list; the old rows stay until its own are there. */
	go: (href: string, how?: { replace?: boolean }) => void;
	isPending: boolean;
}

const NavigationContext = createContext<Navigation | null>(null);

/** Lets everything on a list's page know that other rows are on their way. */
export function ListNavigation({ children }: { children: ReactNode }) {
	const router = useRouter();
	const [isPending, startTransition] = useTransition();
	const navigation = useMemo(
		() => ({
			isPending,
			go: (href: string, { replace = false } = {}) =>
				startTransition(() => (replace ? router.replace : router.push)(href, { scroll: false })),
		}),
		[router, isPending],
	);
	return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

/** For components below a `ListNavigation`. */
export function useListNavigation(): Navigation {
	const navigation = use(NavigationContext);
	if (navigation === null) throw new Error("useListNavigation needs a ListNavigation above it");
	return navigation;
}
