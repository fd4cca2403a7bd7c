/** The user name of Basic credentials; null when there are none or it is empty. */
export function basicUser(request: Request): string | null {
	const [scheme, value] = request.headers.get("authorization")?.trim().split(/\s+/, 2) ?? [];
	if (scheme?.toLowerCase() !== "basic" || !value) return null;
	const [user] = Buffer.from(value, "base64").toString("utf8").split(":", 1);
	return user || null;
}
