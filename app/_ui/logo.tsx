/** The mark and the name. */
export function Logo() {
	return (
		<span className="inline-flex items-center gap-2 text-sm font-semibold tracking-tight text-ink">
			<svg aria-hidden="true" viewBox="0 0 32 32" className="size-5">
				<rect width="32" height="32" rx="8" className="fill-accent" />
				<g fill="none" stroke="#fff" strokeLinecap="round" strokeWidth="2.25">
					<path d="M5 20.5C8.5 12 13 10 16 10s7.5 2 11 10.5" />
					<path d="M5 22.5h22M11 14v8.5M16 11v11.5M21 14v8.5" />
				</g>
			</svg>
			Spanwise
		</span>
	);
}
