import { receiveLogs } from "@/app/_otlp/receive-logs";

export const POST = receiveLogs;
