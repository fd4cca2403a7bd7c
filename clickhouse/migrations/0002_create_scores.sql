-- scores: one row per evaluation (a task's id); the latest attempt at it wins, whenever an earlier one comes back.
--
-- Units: score is raw, in the rule's own range (score_min to score_max); normalised is 0 to 1 and null when there is no
-- readable score; success is the threshold's decision.
-- Key: scores are read with their trace. Partition and TTL follow the span they judge.
CREATE TABLE IF NOT EXISTS scores
(
    project_id     LowCardinality(String),
    trace_id       String CODEC(ZSTD(1)),
    span_id        String CODEC(ZSTD(1)),
    evaluation_id  UUID,
    rule_id        String CODEC(ZSTD(1)),
    evaluator_name LowCardinality(String),
    score          Float64,
    score_min      Float64,
    score_max      Float64,
    normalised     Nullable(Float64),
    threshold      Nullable(Float64),
    success        Bool,
    parse_failed   Bool,
    reason         String CODEC(ZSTD(1)),
    model          LowCardinality(String),
    attempt        UInt32,
    scored_at      DateTime64(3, 'UTC'),
    inserted_at    DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC'),
    expires_at     DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(attempt)
PARTITION BY toDate(expires_at)
ORDER BY (project_id, trace_id, span_id, evaluation_id)
TTL toDateTime(expires_at) + INTERVAL 1 SECOND DELETE;
