import { expect, it } from "vitest";
import { sleep } from "@/lib/time";
import { watchArrivals } from "@/lib/traces/watch-arrivals";
import { eventually } from "@/tests/support/eventually";
import { otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const SEVERAL_LOOKS_MS = 3500;

it("tells of each arrival once, and of nothing while nothing arrives", async () => {
	const project = await newProject();
	const told: string[] = [];
	const tells = (times: number) => eventually(async () => expect(told).toHaveLength(times));
	const stop = watchArrivals([project.id], (arrival) => told.push(arrival));
	try {
		await send(project, [otlpSpan()]);
		await tells(1);
		await sleep(SEVERAL_LOOKS_MS);
		expect(told).toEqual(["arrived"]);
		await send(project, [otlpSpan()]);
		await tells(2);
	} finally {
		stop();
	}
});
