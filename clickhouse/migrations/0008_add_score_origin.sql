-- scores: which version of the rule gave the score, and what giving it took.
--
-- Units: cost_usd is US dollars of all calls of the attempt, NULL = unknown; latency_ms is milliseconds, NULL where no model
-- was asked. judge_trace_id is the trace of those calls, empty when there is none. span_id is empty where a whole trace was
-- judged.
ALTER TABLE scores
    ADD COLUMN IF NOT EXISTS rule_version   UInt32 DEFAULT 1,
    ADD COLUMN IF NOT EXISTS cost_usd       Nullable(Float64),
    ADD COLUMN IF NOT EXISTS latency_ms     Nullable(UInt32),
    ADD COLUMN IF NOT EXISTS judge_trace_id String CODEC(ZSTD(1));
