-- The books of ingest: what became of every span that arrived. received = stored + duplicates + rejected + in flight.
--
-- Units: moments are UTC; minute is the beginning of the minute in which the door received something. Kept for eight days,
-- so that a week can be read.

-- span_arrivals: one row per arrival of a span, fed from every insert into spans that a sender caused. No merge ever takes a
-- row away, so the numbers do not depend on when spans are merged.
--
-- identity: (project, trace, span) as one number; a span's latest arrival is the stored one, the others are duplicates.
-- Key: requests in order of time. Rows of one request share all but the identity, so a row costs little more than its
-- eight bytes, which are random and not worth compressing.
-- Window: a block that is inserted again under its token, because its answer was lost, is counted once.
CREATE TABLE IF NOT EXISTS span_arrivals
(
    minute      DateTime('UTC') CODEC(Delta, ZSTD(1)),
    project_id  LowCardinality(String) CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    inserted_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    expires_at  DateTime('UTC') CODEC(Delta, ZSTD(1)),
    identity    UInt64 CODEC(NONE),
    service     LowCardinality(String) CODEC(ZSTD(1)),
    sdk         LowCardinality(String) CODEC(ZSTD(1)),
    convention  LowCardinality(String) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(minute)
ORDER BY (minute, project_id, received_at)
TTL minute + INTERVAL 8 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS span_arrivals_feed TO span_arrivals AS
SELECT
    toStartOfMinute(received_at) AS minute,
    project_id,
    received_at,
    inserted_at,
    toDateTime(expires_at) AS expires_at,
    sipHash64(project_id, trace_id, span_id) AS identity,
    substringUTF8(resource_attributes['service.name'], 1, 200) AS service,
    substringUTF8(trimBoth(concat(
        resource_attributes['telemetry.sdk.name'], ' ',
        resource_attributes['telemetry.sdk.language'], ' ',
        resource_attributes['telemetry.sdk.version'])), 1, 200) AS sdk,
    convention
FROM spans
WHERE received_at > toDateTime64(0, 3, 'UTC');

-- ingest_refusals: what was not taken. level 'span': spans left out of a request, or turned away to be sent again; level
-- 'request': requests that were refused as a whole, so they have no project. status is that of the HTTP answer, 0 when the
-- rest of the request was taken.
--
-- count is what a process counted so far in one series, and the greatest is true: a row may be written twice. Series of the
-- same key add up.
CREATE TABLE IF NOT EXISTS ingest_refusals
(
    minute     DateTime('UTC') CODEC(Delta, ZSTD(1)),
    level      LowCardinality(String),
    project_id LowCardinality(String),
    status     UInt16,
    signal     LowCardinality(String),
    reason     String CODEC(ZSTD(1)),
    sender     String CODEC(ZSTD(1)),
    process    LowCardinality(String),
    series     UInt32,
    count      SimpleAggregateFunction(max, UInt64),
    samples    SimpleAggregateFunction(groupUniqArrayArray, Array(String)),
    last_at    SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
PARTITION BY toDate(minute)
ORDER BY (minute, level, project_id, status, signal, reason, sender, process, series)
TTL minute + INTERVAL 8 DAY DELETE
SETTINGS ttl_only_drop_parts = 1;

-- ingest_acknowledgements: how many spans senders were told are stored. Written about a second after the fact, so it may lag
-- behind span_arrivals and must never exceed it. count is as above.
CREATE TABLE IF NOT EXISTS ingest_acknowledgements
(
    minute     DateTime('UTC') CODEC(Delta, ZSTD(1)),
    project_id LowCardinality(String),
    process    LowCardinality(String),
    series     UInt32,
    spans      SimpleAggregateFunction(max, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toDate(minute)
ORDER BY (minute, project_id, process, series)
TTL minute + INTERVAL 8 DAY DELETE
SETTINGS ttl_only_drop_parts = 1;

-- ingest_processes: the heartbeats of processes that hold spans in flight for longer than an instant; one row per project and
-- millisecond of receipt. The rows of a process's latest heartbeat count, and only for a few seconds; one without spans says
-- that nothing is in flight any more.
CREATE TABLE IF NOT EXISTS ingest_processes
(
    process     LowCardinality(String),
    heartbeat   UInt32,
    project_id  LowCardinality(String),
    received_at DateTime64(3, 'UTC'),
    opened      UInt64,
    spans       UInt64,
    noted_at    DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
)
ENGINE = MergeTree
PARTITION BY toStartOfHour(noted_at)
ORDER BY (noted_at, process, heartbeat)
TTL toDateTime(noted_at) + INTERVAL 1 HOUR DELETE
SETTINGS ttl_only_drop_parts = 1;
