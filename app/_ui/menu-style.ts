export const menuPopup =
	"max-h-[min(24rem,var(--available-height))] min-w-44 max-w-80 overflow-y-auto rounded-lg border border-line bg-surface p-1 text-ink shadow-raised outline-none";

export const menuItem =
	"flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 py-1 text-sm text-ink outline-none select-none data-disabled:cursor-default data-disabled:opacity-50 data-highlighted:bg-hover [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:text-faint";
