import { authenticate } from "@/lib/auth/authenticate";
import { ConnectionInput } from "@/lib/connections/connection";
import { createConnection } from "@/lib/connections/create-connection";
import { listConnections } from "@/lib/connections/list-connections";
import { parseBody, route } from "@/lib/http/route";

export const GET = route(authenticate, async () => Response.json(await listConnections()));

export const POST = route(authenticate, async ({ request }) => {
	const connection = await createConnection(await parseBody(request, ConnectionInput));
	return Response.json(connection, {
		status: 201,
		headers: { Location: `/api/v1/llm-connections/${connection.id}` },
	});
});
