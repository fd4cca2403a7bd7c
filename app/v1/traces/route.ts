import { receiveTraces } from "@/app/api/v1/traces/receive-traces";

export const POST = receiveTraces;
