import { getConnection } from "@/lib/connections/get-connection";
import { type ConnectionTest, testConnection } from "@/lib/connections/test-connection";
import { resumeConnection } from "@/lib/evaluations/block-connection";

/**
 * Tests a connection; if it answers, evaluations that were blocked with it are pending again, to be announced by the caller.
 * `not_found` for an unknown one.
 */
export async function testAndResume(id: string): Promise<ConnectionTest & { resumed: number }> {
	const { id: known } = await getConnection(id);
	const test = await testConnection(known);
	return { ...test, resumed: test.ok ? await resumeConnection(known) : 0 };
}
