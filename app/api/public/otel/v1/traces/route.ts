import { receiveTraces } from "@/app/_otlp/receive-traces";

// Where Langfuse's exporters send to, below the host they are given.
export const POST = receiveTraces;
