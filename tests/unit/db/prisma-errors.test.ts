import { describe, expect, it } from "vitest";
import { isForeignKeyViolation, isMissingRow, isStoreDown, isUniqueViolation } from "@/lib/db/prisma-errors";
import { AppError } from "@/lib/errors";

function failure(code: string, cause?: unknown): Error {
	return Object.assign(new Error("failed", { cause }), { code });
}

describe("predicates of Prisma errors", () => {
	it("go by the code alone", () => {
		expect(isUniqueViolation({ code: "P2002" })).toBe(true);
		expect(isMissingRow({ code: "P2025" })).toBe(true);
		expect(isForeignKeyViolation({ code: "P2003" })).toBe(true);
	});

	it.each([undefined, null, "P2002", 42, {}, { code: 2002 }, new Error("P2002")])("are false for %j", (value) => {
		const predicates = [isUniqueViolation, isMissingRow, isForeignKeyViolation, isStoreDown];
		expect(predicates.map((predicate) => predicate(value))).toEqual([false, false, false, false]);
	});
});

describe("isStoreDown()", () => {
	it.each(["P1001", "P1002", "P1008", "P1017", "P2024", "ECONNREFUSED", "57P01"])("is true for %s", (code) => {
		expect(isStoreDown(failure(code))).toBe(true);
	});

	it.each(["P2002", "P2025", "P2028", "23505", "42P01"])("is false for %s", (code) => {
		expect(isStoreDown(failure(code))).toBe(false);
	});

	it("looks through the causes, also of the driver adapter", () => {
		expect(isStoreDown(new AppError("unavailable", "down", { cause: failure("ECONNREFUSED") }))).toBe(true);
		const driverAdapterError = new Error("terminating connection", { cause: { originalCode: "57P01" } });
		expect(isStoreDown({ code: "P2010", meta: { driverAdapterError } })).toBe(true);
	});

	it("knows the pool's failures without a code", () => {
		expect(isStoreDown(new Error("Connection terminated unexpectedly"))).toBe(true);
		expect(isStoreDown(new Error("Client has encountered a connection error and is not queryable"))).toBe(true);
		expect(isStoreDown(new Error("timeout exceeded when trying to connect"))).toBe(true);
	});

	it("ends on an error that is its own cause", () => {
		const endless = new Error("round");
		endless.cause = endless;
		expect(isStoreDown(endless)).toBe(false);
	});
});
