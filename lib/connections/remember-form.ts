import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { AnswerForm } from "@/lib/llm/answer-form";

/** Notes the best form in which a connection's model can answer, so that the next question begins with it. */
export async function rememberForm(id: string, answerForm: AnswerForm): Promise<void> {
	await withDatabase(() => db().connection.updateMany({ where: { id }, data: { answerForm } }));
}
