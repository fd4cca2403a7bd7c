-- span_logs: one row per log record that names a span and says something of an LLM application.
--
-- Units: time_unix_nano is nanoseconds since the epoch, 0 = the sender gave none.
-- Key: what makes a record is its span, its time, its event and the hash of its content, so one that is sent again is the
-- same row. The trace comes first: a record that named no project belongs to its span in whatever project that is.
-- Partition: day of arrival, so that a day expires whole.
-- TTL: expires_at is computed when the record is stored; readers hide a row from that moment on. The TTL counts whole
-- seconds, so it waits for the next one.
-- body is an OTLP AnyValue in JSON, attributes a list of KeyValues in JSON; resource_attributes is text, for filters.
CREATE TABLE IF NOT EXISTS span_logs
(
    trace_id            String CODEC(ZSTD(1)),
    project_id          LowCardinality(String),
    span_id             String CODEC(ZSTD(1)),
    time_unix_nano      UInt64 CODEC(Delta, ZSTD(1)),
    event_name          LowCardinality(String),
    hash                String CODEC(ZSTD(1)),
    severity_text       LowCardinality(String),
    body                String CODEC(ZSTD(1)),
    attributes          String CODEC(ZSTD(1)),
    resource_attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    scope_name          LowCardinality(String),
    scope_version       LowCardinality(String),
    inserted_at         DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    expires_at          DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(inserted_at)
PARTITION BY toDate(inserted_at)
ORDER BY (trace_id, project_id, span_id, time_unix_nano, event_name, hash)
TTL toDateTime(expires_at) + INTERVAL 1 SECOND DELETE
SETTINGS index_granularity_bytes = 67108864;
