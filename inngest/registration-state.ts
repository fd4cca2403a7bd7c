/** `outside`: nobody said where this application is reached, so a deployment or the server has to register it. */
export type RegistrationState = "pending" | "failing" | "registered" | "outside";

// Next builds instrumentation and routes as separate module graphs; only globalThis is common to them.
const STATE = Symbol.for("spanwise.registration");

type Scope = typeof globalThis & { [STATE]?: RegistrationState };

/** How far this process came with telling the Inngest server about itself. */
export function registrationState(): RegistrationState {
	return (globalThis as Scope)[STATE] ?? "pending";
}

export function noteRegistration(state: RegistrationState): void {
	(globalThis as Scope)[STATE] = state;
}
