"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { type ActionResult, actionResult, failureMessage, invalidForm } from "@/app/_ui/action-result";
import { ALERT_WORDS, parseAlert } from "@/app/p/[project]/alerts/parse-alert";
import type { TestOutcome } from "@/app/p/[project]/alerts/send-test-button";
import { announceDeliveries } from "@/inngest/publish-deliveries";
import { createAlert } from "@/lib/alerts/create-alert";
import { deleteAlert } from "@/lib/alerts/delete-alert";
import { MuteInput, muteAlert } from "@/lib/alerts/mute-alert";
import { setAlertEnabled } from "@/lib/alerts/set-alert-enabled";
import { unmuteAlert } from "@/lib/alerts/unmute-alert";
import { updateAlert } from "@/lib/alerts/update-alert";
import { requirePerson } from "@/lib/auth/require-person";
import { AlertWebhookInput } from "@/lib/webhooks/alert-webhook";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { deleteWebhook } from "@/lib/webhooks/delete-webhook";
import { resendDelivery } from "@/lib/webhooks/resend-delivery";
import { sendTest } from "@/lib/webhooks/send-test";
import { setWebhookEnabled } from "@/lib/webhooks/set-webhook-enabled";
import { updateWebhook } from "@/lib/webhooks/update-webhook";

export async function createAlertAction(
	projectId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = parseAlert(form);
	if (!input.success) return invalidForm(input.error, ALERT_WORDS);
	return actionResult(async () => {
		await createAlert(projectId, input.data);
		backToList(projectId);
	});
}

export async function updateAlertAction(
	projectId: string,
	alertId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = parseAlert(form);
	if (!input.success) return invalidForm(input.error, ALERT_WORDS);
	return actionResult(async () => {
		await updateAlert(projectId, alertId, input.data);
		backToList(projectId);
	});
}

export async function setAlertEnabledAction(
	projectId: string,
	alertId: string,
	enabled: boolean,
): Promise<ActionResult> {
	return changing(projectId, () => setAlertEnabled(projectId, alertId, enabled));
}

export async function deleteAlertAction(projectId: string, alertId: string): Promise<ActionResult> {
	return changing(projectId, () => deleteAlert(projectId, alertId));
}

export async function muteAlertAction(
	projectId: string,
	alertId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = MuteInput.safeParse({ minutes: Number(form.get("minutes")) });
	if (!input.success) return invalidForm(input.error);
	return changing(projectId, () => muteAlert(projectId, alertId, input.data.minutes));
}

export async function unmuteAlertAction(projectId: string, alertId: string): Promise<ActionResult> {
	return changing(projectId, () => unmuteAlert(projectId, alertId));
}

export async function createWebhookAction(
	projectId: string,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = AlertWebhookInput.safeParse({ url: form.get("url"), secret: form.get("secret") });
	if (!input.success) return invalidForm(input.error);
	return changing(projectId, () => createWebhook(projectId, input.data));
}

export async function updateWebhookAction(
	projectId: string,
	webhookId: string,
	enabled: boolean,
	_previous: ActionResult | null,
	form: FormData,
): Promise<ActionResult> {
	await requirePerson();
	const input = AlertWebhookInput.safeParse({ url: form.get("url"), secret: form.get("secret"), enabled });
	if (!input.success) return invalidForm(input.error);
	return changing(projectId, () => updateWebhook(projectId, webhookId, input.data));
}

export async function setWebhookEnabledAction(
	projectId: string,
	webhookId: string,
	enabled: boolean,
): Promise<ActionResult> {
	return changing(projectId, () => setWebhookEnabled(projectId, webhookId, enabled));
}

export async function deleteWebhookAction(projectId: string, webhookId: string): Promise<ActionResult> {
	return changing(projectId, () => deleteWebhook(projectId, webhookId));
}

export async function sendTestAction(projectId: string, webhookId: string): Promise<TestOutcome> {
	await requirePerson();
	try {
		const { status, answerStatus, answerText, lastError, durationMs } = await sendTest(projectId, webhookId);
		revalidatePath(`/p/${projectId}/alerts`, "layout");
		return { ok: status === "DELIVERED", answerStatus, answerText, durationMs, message: lastError };
	} catch (error) {
		return { ok: false, answerStatus: null, answerText: null, durationMs: null, message: failureMessage(error) };
	}
}

export async function resendDeliveryAction(
	projectId: string,
	webhookId: string,
	deliveryId: string,
): Promise<ActionResult> {
	return changing(projectId, async () => {
		await resendDelivery({ projectId, webhookId, deliveryId });
		await announceDeliveries();
	});
}

async function changing(projectId: string, verb: () => Promise<unknown>): Promise<ActionResult> {
	await requirePerson();
	return actionResult(async () => {
		await verb();
		revalidatePath(`/p/${projectId}/alerts`, "layout");
	});
}

function backToList(projectId: string): never {
	revalidatePath(`/p/${projectId}/alerts`);
	redirect(`/p/${projectId}/alerts`);
}
