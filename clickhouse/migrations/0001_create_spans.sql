-- spans: one row per (project, trace, span); the newest arrival wins.
--
-- Units: *_unix_nano are nanoseconds since the epoch, 0 = the sender gave none; tokens are counts; *_count are counts.
-- Key: a span is found by project and trace, so reading one trace touches one or two granules.
-- Partition: day of arrival, so that a day expires whole and a scan by arrival opens few parts.
-- TTL: expires_at is computed when the span is stored; readers hide a row from that moment on. The TTL counts whole seconds,
-- so it waits for the next one.
-- Attributes: `attributes` is the text of every value (what rules and filters compare with); `attribute_values` holds, for
-- everything that is not a string, the exact OTLP AnyValue in JSON. Together they are lossless.
CREATE TABLE IF NOT EXISTS spans
(
    project_id                        LowCardinality(String),
    trace_id                          String CODEC(ZSTD(1)),
    span_id                           String CODEC(ZSTD(1)),
    parent_span_id                    String CODEC(ZSTD(1)),
    trace_state                       String CODEC(ZSTD(1)),
    flags                             UInt32,
    name                              String CODEC(ZSTD(1)),
    otel_kind                         LowCardinality(String),
    start_unix_nano                   UInt64 CODEC(Delta, ZSTD(1)),
    end_unix_nano                     UInt64 CODEC(Delta, ZSTD(1)),
    status_code                       LowCardinality(String),
    status_message                    String CODEC(ZSTD(1)),
    attributes                        Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    attribute_values                  Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    dropped_attributes_count          UInt32,
    events                            String CODEC(ZSTD(1)),
    dropped_events_count              UInt32,
    links                             String CODEC(ZSTD(1)),
    dropped_links_count               UInt32,
    resource_attributes               Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    resource_attribute_values         Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    resource_dropped_attributes_count UInt32,
    resource_schema_url               LowCardinality(String),
    scope_name                        LowCardinality(String),
    scope_version                     LowCardinality(String),
    scope_attributes                  Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    scope_attribute_values            Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    scope_dropped_attributes_count    UInt32,
    scope_schema_url                  LowCardinality(String),
    origin                            LowCardinality(String),
    kind                              LowCardinality(String),
    provider                          LowCardinality(String),
    request_model                     LowCardinality(String),
    response_model                    LowCardinality(String),
    input                             String CODEC(ZSTD(1)),
    output                            String CODEC(ZSTD(1)),
    input_from                        LowCardinality(String),
    output_from                       LowCardinality(String),
    input_tokens                      Nullable(UInt64),
    output_tokens                     Nullable(UInt64),
    session_id                        String CODEC(ZSTD(1)),
    user_id                           String CODEC(ZSTD(1)),
    inserted_at                       DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    expires_at                        DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),

    start_time                        DateTime64(9, 'UTC') ALIAS fromUnixTimestamp64Nano(toInt64(start_unix_nano), 'UTC'),

    -- Matching reads by arrival inside a day's partition.
    INDEX inserted_at_range inserted_at TYPE minmax GRANULARITY 1,
    INDEX start_range start_unix_nano TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(inserted_at)
PARTITION BY toDate(inserted_at)
ORDER BY (project_id, trace_id, span_id)
TTL toDateTime(expires_at) + INTERVAL 1 SECOND DELETE
SETTINGS index_granularity_bytes = 67108864;
