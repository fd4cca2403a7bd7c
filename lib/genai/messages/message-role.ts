/** Names of who speaks, lower-cased: every provider's roles and LangChain's message types and classes. */
const ROLES: ReadonlyMap<string, string> = new Map(
	Object.entries({
		system: ["system", "developer", "systemmessage", "systemmessagechunk", "system-prompt"],
		user: ["user", "human", "humanmessage", "humanmessagechunk", "user-prompt"],
		assistant: [
			"assistant",
			"model",
			"ai",
			"agent",
			"bot",
			"chatbot",
			"aimessage",
			"aimessagechunk",
			"assistantmessage",
		],
		tool: ["tool", "function", "toolmessage", "toolmessagechunk", "functionmessage", "functionmessagechunk"],
	}).flatMap(([role, names]) => names.map((name) => [name, role] as const)),
);

const NAME_MAX = 30;

/** The canonical role that a name stands for; undefined for names that no convention knows. */
export function knownRole(name: unknown): string | undefined {
	if (typeof name !== "string" || name.length > NAME_MAX) return undefined;
	return ROLES.get(name) ?? ROLES.get(name.trim().toLowerCase());
}

/** The canonical role of a name; other names pass through, and no name at all is the given role. */
export function canonicalRole(name: unknown, otherwise: string): string {
	if (typeof name !== "string" || name.trim() === "") return otherwise;
	return knownRole(name) ?? name;
}
