import { after } from "next/server";
import { asRoute } from "@/lib/receive/as-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = asRoute("/v1/traces", after);
