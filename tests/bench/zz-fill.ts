import { createCorpus } from "@/tests/bench/generate-spans";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import { interpretSpan } from "@/lib/ingest/interpret-span";
import { writeSpans } from "@/lib/traces/write-spans";
import { migrateClickhouse } from "@/lib/clickhouse/migrate";
import { closeClickhouse } from "@/lib/clickhouse/client";
await migrateClickhouse();
const projectId = "0b3b2b1e-7a52-4f0e-8b0a-111111111111";
let n = 0;
const corpus = createCorpus({ seed: 1, project: "bench" });
for (let i = 0; i < 60; i++) {
  const { spans } = decodeProtobuf(encodeOtlp(corpus.request(512)));
  const custody = { projectId, origin: "otlp", expiresAt: new Date(Date.now() + 8.64e7 * 30) } as const;
  const w = spans.map((s) => interpretSpan(s, [], [], custody));
  await writeSpans(w, { receivedAt: new Date() }); n += w.length;
}
await closeClickhouse();
