/** How an OTLP/HTTP request is written. */
export type Encoding = "json" | "protobuf";
