/** The cases of one seed that every run of the tests sends, and by which way: through HTTP costs several times as much. */
export const FUZZ_SHARES = {
	core: { seed: 20261122, from: 0, count: 80_000 },
	http: { seed: 20261122, from: 80_000, count: 20_000 },
} as const;
