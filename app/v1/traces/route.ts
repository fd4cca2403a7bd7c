import { receiveTraces } from "@/app/_otlp/receive-traces";

export const POST = receiveTraces;
