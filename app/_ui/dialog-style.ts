import { classNames } from "@/app/_ui/class-names";

export const dialogBackdrop = classNames(
	"fixed inset-0 z-40 min-h-dvh bg-black/40 transition-opacity duration-100 dark:bg-black/60",
	"data-ending-style:opacity-0 data-starting-style:opacity-0",
);

export const dialogPopup = classNames(
	"fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-104 max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-auto",
	"rounded-lg border border-line bg-surface p-5 text-ink shadow-raised outline-none transition-opacity duration-100",
	"data-ending-style:opacity-0 data-starting-style:opacity-0",
);

export const dialogTitle = "text-base font-semibold text-ink";
export const dialogText = "text-sm text-pretty text-muted";
