import { readFileSync, writeFileSync } from "node:fs";

// npm leaves out of package-lock.json the optional packages of platforms that its registry did not show it, and then
// `npm ci` fails here and a Mac gets no native binary. This adds them by exact version, with os, cpu and libc read from the
// name, and leaves everything else alone. `--check` changes nothing and exits 1 when something is missing.

interface Entry {
	version?: string;
	optional?: boolean;
	os?: string[];
	cpu?: string[];
	libc?: string[];
	optionalDependencies?: Record<string, string>;
}

const OSES = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const CPUS = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

const file = "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Entry> };
const added: string[] = [];

for (const [path, entry] of Object.entries(lock.packages)) {
	for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
		if (isLocked(path, name) || !/^\d+\.\d+\.\d+/.test(version)) continue;
		lock.packages[`node_modules/${name}`] = { version, optional: true, ...platformOf(name) };
		added.push(`${name}@${version}`);
	}
}

if (added.length === 0) console.log("package-lock.json is complete");
else if (process.argv.includes("--check")) {
	console.error(`package-lock.json lacks ${added.length} optional packages: run npm run lockfile\n${added.join("\n")}`);
	process.exitCode = 1;
} else {
	const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
	writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
	console.log(`added ${added.length} optional packages to package-lock.json`);
}

function isLocked(path: string, name: string): boolean {
	for (let parent = path; ; parent = parent.slice(0, Math.max(0, parent.lastIndexOf("/node_modules/")))) {
		if (lock.packages[`${parent ? `${parent}/` : ""}node_modules/${name}`]) return true;
		if (parent === "") return false;
	}
}

function platformOf(name: string): Pick<Entry, "os" | "cpu" | "libc"> {
	const words = name.split("/").at(-1)?.split("-") ?? [];
	const os = words.filter((word) => OSES.includes(word));
	const cpu = words.filter((word) => CPUS.includes(word));
	const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
	return { ...(os.length ? { os } : {}), ...(cpu.length ? { cpu } : {}), ...(libc.length ? { libc } : {}) };
}
