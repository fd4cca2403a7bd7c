-- spans_by_time: what lists, facets, charts and searches ask of a span, in the order of time. One row per stored version of a
-- span; the newest arrival wins.
--
-- Units: started is nanoseconds since the epoch: the start, or the arrival of a span that told none. The rest is as in spans.
-- Key: a page of a list is the newest rows of a project, so it costs the same however much the project keeps, and the spans of
-- the traces on a page lie side by side. Granules are small because a page is.
-- Heads: the first 300 characters of a text, all that a line shows.
-- search_text: names, input, output and what the span says of its trace, each after a NUL: what full-text search looks into,
-- whole. Its index knows every three characters in a row, so a word is found by its middle too.
-- trace_key: a trace as a number, which groups faster than its text.
-- A span sent again with another start has a row at each; who shows single traces keeps the row that arrived last.
-- Partition: week of arrival. Every part costs a query some 50 microseconds before it reads a row, so days would be too many;
-- a week that has gone quiet becomes one part. A part is dropped when its last row has expired.
CREATE TABLE IF NOT EXISTS spans_by_time
(
    project_id                      LowCardinality(String),
    started                         UInt64 CODEC(DoubleDelta, ZSTD(1)),
    trace_id                        String CODEC(ZSTD(1)),
    span_id                         String CODEC(ZSTD(1)),
    trace_key                       UInt64 DEFAULT sipHash64(project_id, trace_id) CODEC(ZSTD(1)),
    parent_span_id                  String CODEC(ZSTD(1)),
    marked_root                     Bool,
    name                            String CODEC(ZSTD(1)),
    display_name                    String CODEC(ZSTD(1)),
    otel_kind                       LowCardinality(String),
    kind                            LowCardinality(String),
    convention                      LowCardinality(String),
    status                          LowCardinality(String),
    status_code                     LowCardinality(String),
    error_type                      LowCardinality(String),
    finish_reason                   LowCardinality(String),
    start_unix_nano                 UInt64 CODEC(DoubleDelta, ZSTD(1)),
    end_unix_nano                   UInt64 CODEC(DoubleDelta, ZSTD(1)),
    origin                          LowCardinality(String),
    provider                        LowCardinality(String),
    request_model                   LowCardinality(String),
    response_model                  LowCardinality(String),
    routing_alias                   LowCardinality(String),
    prompt_name                     LowCardinality(String),
    prompt_version                  LowCardinality(String),
    tool_name                       LowCardinality(String),
    agent_name                      LowCardinality(String),
    scope_name                      LowCardinality(String),
    scope_version                   LowCardinality(String),
    service                         LowCardinality(String),
    environment                     LowCardinality(String),
    release                         LowCardinality(String),
    session_id                      String CODEC(ZSTD(1)),
    user_id                         String CODEC(ZSTD(1)),
    tags                            Array(LowCardinality(String)) CODEC(ZSTD(1)),
    metadata                        Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    metadata_values                 Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    trace_name                      String CODEC(ZSTD(1)),
    workflow_name                   LowCardinality(String),
    trace_metadata                  Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    trace_metadata_values           Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    input_tokens                    Nullable(UInt64) CODEC(ZSTD(1)),
    output_tokens                   Nullable(UInt64) CODEC(ZSTD(1)),
    cache_read_tokens               Nullable(UInt64) CODEC(ZSTD(1)),
    cache_creation_tokens           Nullable(UInt64) CODEC(ZSTD(1)),
    reasoning_tokens                Nullable(UInt64) CODEC(ZSTD(1)),
    audio_input_tokens              Nullable(UInt64) CODEC(ZSTD(1)),
    audio_output_tokens             Nullable(UInt64) CODEC(ZSTD(1)),
    total_tokens                    Nullable(UInt64) CODEC(ZSTD(1)),
    aggregate_input_tokens          Nullable(UInt64) CODEC(ZSTD(1)),
    aggregate_output_tokens         Nullable(UInt64) CODEC(ZSTD(1)),
    aggregate_cache_read_tokens     Nullable(UInt64) CODEC(ZSTD(1)),
    aggregate_cache_creation_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    aggregate_reasoning_tokens      Nullable(UInt64) CODEC(ZSTD(1)),
    aggregate_audio_input_tokens    Nullable(UInt64) CODEC(ZSTD(1)),
    aggregate_audio_output_tokens   Nullable(UInt64) CODEC(ZSTD(1)),
    aggregate_total_tokens          Nullable(UInt64) CODEC(ZSTD(1)),
    cost_usd                        Nullable(Float64) CODEC(ZSTD(1)),
    cost_input                      Nullable(Float64) CODEC(ZSTD(1)),
    cost_output                     Nullable(Float64) CODEC(ZSTD(1)),
    cost_source                     LowCardinality(String),
    cost_note                       LowCardinality(String),
    price_version                   LowCardinality(String),
    aggregate_cost_usd              Nullable(Float64) CODEC(ZSTD(1)),
    ttft_ms                         Nullable(Float64) CODEC(ZSTD(1)),
    has_input_text                  Bool,
    has_output_text                 Bool,
    has_trace_input                 Bool,
    has_trace_output                Bool,
    input_head                      String CODEC(ZSTD(1)),
    output_head                     String CODEC(ZSTD(1)),
    trace_input_head                String CODEC(ZSTD(1)),
    trace_output_head               String CODEC(ZSTD(1)),
    search_text                     String CODEC(ZSTD(1)),
    inserted_at                     DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    expires_at                      DateTime64(3, 'UTC') CODEC(ZSTD(1)),

    -- A trace that goes on for hours is found among what lies in between.
    INDEX trace_of trace_id TYPE bloom_filter(0.0001) GRANULARITY 1,
    INDEX session_of session_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX user_of user_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX words lowerUTF8(search_text) TYPE text(tokenizer = ngrams(3))
)
ENGINE = ReplacingMergeTree(inserted_at)
PARTITION BY toMonday(inserted_at)
ORDER BY (project_id, started, trace_id, span_id)
TTL toDateTime(expires_at) + INTERVAL 1 SECOND DELETE
SETTINGS index_granularity = 1024, ttl_only_drop_parts = 1,
    min_age_to_force_merge_seconds = 86400, min_age_to_force_merge_on_partition_only = 1, index_granularity_bytes = 67108864, min_bytes_for_wide_part = 67108864,
    merge_selector_base = 20, vertical_merge_algorithm_min_rows_to_activate = 10000,
    non_replicated_deduplication_window = 1000;

-- trace_extents: where the spans of a trace lie, in time and in partitions, so that looking one up opens nothing else.
--
-- A minimum and a maximum over every version of every span: no merge, repetition or order of arrival changes them. They may be
-- wider than what is live, never narrower.
CREATE TABLE IF NOT EXISTS trace_extents
(
    project_id        LowCardinality(String),
    trace_id          String CODEC(ZSTD(1)),
    first_started     SimpleAggregateFunction(min, UInt64) CODEC(ZSTD(1)),
    last_started      SimpleAggregateFunction(max, UInt64) CODEC(ZSTD(1)),
    first_inserted_at SimpleAggregateFunction(min, DateTime64(6, 'UTC')) CODEC(ZSTD(1)),
    last_inserted_at  SimpleAggregateFunction(max, DateTime64(6, 'UTC')) CODEC(ZSTD(1)),
    expires_at        SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),

    INDEX trace_of trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
ORDER BY (project_id, trace_id)
TTL toDateTime(expires_at) + INTERVAL 1 SECOND DELETE
SETTINGS index_granularity = 256, merge_selector_base = 20, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS spans_by_time_feed TO spans_by_time AS
SELECT
    project_id,
    if(start_unix_nano > 0, start_unix_nano, toUInt64(toUnixTimestamp64Nano(toDateTime64(inserted_at, 9)))) AS started,
    trace_id, span_id, parent_span_id, marked_root, name, display_name, otel_kind, kind, convention, status, status_code,
    error_type, finish_reason, start_unix_nano, end_unix_nano, origin, provider, request_model, response_model, routing_alias,
    prompt_name, prompt_version, tool_name, agent_name, scope_name, scope_version,
    resource_attributes['service.name'] AS service,
    environment, release, session_id, user_id, tags, metadata, metadata_values, trace_name, workflow_name, trace_metadata,
    trace_metadata_values, input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, reasoning_tokens,
    audio_input_tokens, audio_output_tokens, total_tokens, aggregate_input_tokens, aggregate_output_tokens,
    aggregate_cache_read_tokens, aggregate_cache_creation_tokens, aggregate_reasoning_tokens, aggregate_audio_input_tokens,
    aggregate_audio_output_tokens, aggregate_total_tokens, cost_usd, cost_input, cost_output, cost_source, cost_note,
    price_version, aggregate_cost_usd, ttft_ms,
    input_text != '' AS has_input_text,
    output_text != '' AS has_output_text,
    trace_input != '' AS has_trace_input,
    trace_output != '' AS has_trace_output,
    leftUTF8(input_text, 300) AS input_head,
    leftUTF8(output_text, 300) AS output_head,
    leftUTF8(trace_input, 300) AS trace_input_head,
    leftUTF8(trace_output, 300) AS trace_output_head,
    concat(
        display_name,
        if(name != display_name, concat('\n', name), ''),
        if(trace_name NOT IN (name, display_name), concat('\n', trace_name), ''),
        '\0',
        multiIf(
            input_length = 0, input_text,
            input_length = 4294967295, attributes[input_from],
            JSONExtractString(concat('"', substring(attributes[input_from], input_at, input_length), '"'))),
        '\0',
        multiIf(
            output_length = 0, output_text,
            output_length = 4294967295, attributes[output_from],
            JSONExtractString(concat('"', substring(attributes[output_from], output_at, output_length), '"'))),
        '\0',
        if(trace_input != input_text, trace_input, ''),
        '\0',
        if(trace_output != output_text, trace_output, '')) AS search_text,
    inserted_at,
    expires_at
FROM spans;

CREATE MATERIALIZED VIEW IF NOT EXISTS trace_extents_feed TO trace_extents AS
SELECT
    project_id,
    trace_id,
    min(if(start_unix_nano > 0, start_unix_nano, toUInt64(toUnixTimestamp64Nano(toDateTime64(inserted_at, 9))))) AS first_started,
    max(if(start_unix_nano > 0, start_unix_nano, toUInt64(toUnixTimestamp64Nano(toDateTime64(inserted_at, 9))))) AS last_started,
    min(spans.inserted_at) AS first_inserted_at,
    max(spans.inserted_at) AS last_inserted_at,
    max(spans.expires_at) AS expires_at
FROM spans
GROUP BY project_id, trace_id;

-- Spans that came before. A start that breaks off in here repeats it: the same rows replace themselves.
INSERT INTO spans_by_time (
    project_id, started, trace_id, span_id, parent_span_id, marked_root, name, display_name, otel_kind, kind, convention,
    status, status_code, error_type, finish_reason, start_unix_nano, end_unix_nano, origin, provider, request_model,
    response_model, routing_alias, prompt_name, prompt_version, tool_name, agent_name, scope_name, scope_version, service,
    environment, release, session_id, user_id, tags, metadata, metadata_values, trace_name, workflow_name, trace_metadata,
    trace_metadata_values, input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, reasoning_tokens,
    audio_input_tokens, audio_output_tokens, total_tokens, aggregate_input_tokens, aggregate_output_tokens,
    aggregate_cache_read_tokens, aggregate_cache_creation_tokens, aggregate_reasoning_tokens, aggregate_audio_input_tokens,
    aggregate_audio_output_tokens, aggregate_total_tokens, cost_usd, cost_input, cost_output, cost_source, cost_note,
    price_version, aggregate_cost_usd, ttft_ms, has_input_text, has_output_text, has_trace_input, has_trace_output,
    input_head, output_head, trace_input_head, trace_output_head, search_text, inserted_at, expires_at
)
SELECT
    project_id,
    if(start_unix_nano > 0, start_unix_nano, toUInt64(toUnixTimestamp64Nano(toDateTime64(inserted_at, 9)))) AS started,
    trace_id, span_id, parent_span_id, marked_root, name, display_name, otel_kind, kind, convention, status, status_code,
    error_type, finish_reason, start_unix_nano, end_unix_nano, origin, provider, request_model, response_model, routing_alias,
    prompt_name, prompt_version, tool_name, agent_name, scope_name, scope_version,
    resource_attributes['service.name'] AS service,
    environment, release, session_id, user_id, tags, metadata, metadata_values, trace_name, workflow_name, trace_metadata,
    trace_metadata_values, input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, reasoning_tokens,
    audio_input_tokens, audio_output_tokens, total_tokens, aggregate_input_tokens, aggregate_output_tokens,
    aggregate_cache_read_tokens, aggregate_cache_creation_tokens, aggregate_reasoning_tokens, aggregate_audio_input_tokens,
    aggregate_audio_output_tokens, aggregate_total_tokens, cost_usd, cost_input, cost_output, cost_source, cost_note,
    price_version, aggregate_cost_usd, ttft_ms,
    input_text != '' AS has_input_text,
    output_text != '' AS has_output_text,
    trace_input != '' AS has_trace_input,
    trace_output != '' AS has_trace_output,
    leftUTF8(input_text, 300) AS input_head,
    leftUTF8(output_text, 300) AS output_head,
    leftUTF8(trace_input, 300) AS trace_input_head,
    leftUTF8(trace_output, 300) AS trace_output_head,
    concat(
        display_name,
        if(name != display_name, concat('\n', name), ''),
        if(trace_name NOT IN (name, display_name), concat('\n', trace_name), ''),
        '\0',
        multiIf(
            input_length = 0, input_text,
            input_length = 4294967295, attributes[input_from],
            JSONExtractString(concat('"', substring(attributes[input_from], input_at, input_length), '"'))),
        '\0',
        multiIf(
            output_length = 0, output_text,
            output_length = 4294967295, attributes[output_from],
            JSONExtractString(concat('"', substring(attributes[output_from], output_at, output_length), '"'))),
        '\0',
        if(trace_input != input_text, trace_input, ''),
        '\0',
        if(trace_output != output_text, trace_output, '')) AS search_text,
    inserted_at,
    expires_at
FROM spans;

INSERT INTO trace_extents (project_id, trace_id, first_started, last_started, first_inserted_at, last_inserted_at, expires_at)
SELECT
    project_id,
    trace_id,
    min(if(start_unix_nano > 0, start_unix_nano, toUInt64(toUnixTimestamp64Nano(toDateTime64(inserted_at, 9))))) AS first_started,
    max(if(start_unix_nano > 0, start_unix_nano, toUInt64(toUnixTimestamp64Nano(toDateTime64(inserted_at, 9))))) AS last_started,
    min(spans.inserted_at) AS first_inserted_at,
    max(spans.inserted_at) AS last_inserted_at,
    max(spans.expires_at) AS expires_at
FROM spans
GROUP BY project_id, trace_id;

-- spans: a trace's spans lie in a granule of each part; the filter tells which parts have none of it. service is what filters
-- and lists ask of the resource.
ALTER TABLE spans
    ADD COLUMN IF NOT EXISTS service String ALIAS resource_attributes['service.name'],
    ADD INDEX IF NOT EXISTS trace_of trace_id TYPE bloom_filter(0.001) GRANULARITY 1;
