"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { classNames } from "@/app/_ui/class-names";

const THEMES = [
	{ value: "light", label: "Light", Icon: Sun },
	{ value: "system", label: "As the system", Icon: Monitor },
	{ value: "dark", label: "Dark", Icon: Moon },
];

export function ThemeToggle() {
	const { theme, setTheme } = useTheme();
	// The server does not know the choice: none is marked until the browser takes over.
	const hydrated = useSyncExternalStore(
		never,
		() => true,
		() => false,
	);
	return (
		<fieldset className="inline-flex rounded-md border border-line bg-sunken p-0.5">
			<legend className="sr-only">Colour theme</legend>
			{THEMES.map(({ value, label, Icon }) => {
				const chosen = hydrated && theme === value;
				return (
					<button
						key={value}
						type="button"
						aria-label={label}
						aria-pressed={chosen}
						title={label}
						onClick={() => setTheme(value)}
						className={classNames(
							"grid h-6 w-7 place-items-center rounded text-faint hover:text-ink",
							chosen && "bg-surface text-ink shadow-xs dark:bg-hover",
						)}
					>
						<Icon aria-hidden className="size-3.5" />
					</button>
				);
			})}
		</fieldset>
	);
}

function never() {
	return () => {};
}
