import { keepRegistered } from "@/inngest/keep-registered";
import { publishProcessStarted } from "@/inngest/publish";
import { registerApp } from "@/inngest/register-app";
import { noteRegistration } from "@/inngest/registration-state";
import { serveOrigin } from "@/inngest/serve-origin";
import { findLastBeat } from "@/lib/health/find-last-beat";
import { logger } from "@/lib/logger";

/**
 * Tells the Inngest server about this process, in the background and for as long as it takes. The start is announced once
 * the server knows whom to tell. Where nobody said how this process is reached, a deployment has to register it. The result
 * ends it.
 */
export function startRegistration(): () => void {
	const origin = serveOrigin();
	const onRegistered = () => publishProcessStarted();
	if (!origin) {
		noteRegistration("outside");
		logger.warn("inngest: not registered from here, INNGEST_SERVE_ORIGIN does not say where this server is reached");
		onRegistered().catch(() => logger.warn("start not announced, the next sweep will do"));
		return () => undefined;
	}
	return keepRegistered({
		register: (version) => registerApp(origin, version),
		findLastTick: () => findLastBeat("sweep"),
		onRegistered,
	});
}
