import { authenticate } from "@/lib/auth/authenticate";
import { ConnectionInput } from "@/lib/connections/connection";
import { deleteConnection } from "@/lib/connections/delete-connection";
import { getConnection } from "@/lib/connections/get-connection";
import { updateConnection } from "@/lib/connections/update-connection";
import { parseBody, parseUuid, route } from "@/lib/http/route";

interface Params {
	connectionId: string;
}

export const GET = route<void, Params>(authenticate, async ({ params }) =>
	Response.json(await getConnection(parseUuid(params.connectionId, "connectionId"))),
);

export const PUT = route<void, Params>(authenticate, async ({ request, params }) =>
	Response.json(
		await updateConnection(parseUuid(params.connectionId, "connectionId"), await parseBody(request, ConnectionInput)),
	),
);

export const DELETE = route<void, Params>(authenticate, async ({ params }) => {
	await deleteConnection(parseUuid(params.connectionId, "connectionId"));
	return new Response(null, { status: 204 });
});
