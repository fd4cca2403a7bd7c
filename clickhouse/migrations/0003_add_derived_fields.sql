-- spans: what a span means, kept beside what was reported, and what its model call cost.
--
-- Only what lists, filters, totals and rules read is kept. Messages, tool definitions, documents and where each field came
-- from are derived again from the attributes when a span is read.
--
-- Units: *_tokens are counts, NULL = unknown (0 is a count); cost* are US dollars, rounded before they come here; ttft_ms is
-- milliseconds. Text that is unknown is empty.
-- Usage: input_tokens (which includes the cache) and output_tokens (which includes reasoning) stay the columns of the span's
-- own model call; aggregate_* repeat the spans below and are never added up.
-- Cost: computed once, when the span arrives; price_version says with which prices.
-- Maps: as with attributes, `metadata` is the text of every value and `metadata_values` the exact JSON of those that are not
-- text. trace_* and marked_root are what the span says of its whole trace.
-- has_*: a trace chooses the span whose text stands for it by these, without reading the texts.
-- Rows from before: the DEFAULT expressions read them from the columns they have; derive_version 0 tells them apart.
ALTER TABLE spans
    ADD COLUMN IF NOT EXISTS convention                       LowCardinality(String) DEFAULT 'other',
    ADD COLUMN IF NOT EXISTS display_name                     String DEFAULT name CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS input_text                       String DEFAULT input CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS output_text                      String DEFAULT output CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS tool_name                        LowCardinality(String),
    ADD COLUMN IF NOT EXISTS cache_read_tokens                Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS cache_creation_tokens            Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS reasoning_tokens                 Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS audio_input_tokens               Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS audio_output_tokens              Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS total_tokens                     Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS aggregate_input_tokens           Nullable(UInt64) DEFAULT if(kind IN ('llm', 'embedding', 'reranker'), NULL, input_tokens),
    ADD COLUMN IF NOT EXISTS aggregate_output_tokens          Nullable(UInt64) DEFAULT if(kind IN ('llm', 'embedding', 'reranker'), NULL, output_tokens),
    ADD COLUMN IF NOT EXISTS aggregate_cache_read_tokens      Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS aggregate_cache_creation_tokens  Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS aggregate_reasoning_tokens       Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS aggregate_audio_input_tokens     Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS aggregate_audio_output_tokens    Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS aggregate_total_tokens           Nullable(UInt64),
    ADD COLUMN IF NOT EXISTS aggregate_cost_usd               Nullable(Float64),
    ADD COLUMN IF NOT EXISTS cost_usd                         Nullable(Float64),
    ADD COLUMN IF NOT EXISTS cost_input                       Nullable(Float64),
    ADD COLUMN IF NOT EXISTS cost_output                      Nullable(Float64),
    ADD COLUMN IF NOT EXISTS cost_source                      LowCardinality(String),
    ADD COLUMN IF NOT EXISTS price_version                    LowCardinality(String),
    ADD COLUMN IF NOT EXISTS cost_note                        LowCardinality(String),
    ADD COLUMN IF NOT EXISTS ttft_ms                          Nullable(Float64),
    ADD COLUMN IF NOT EXISTS tags                             Array(LowCardinality(String)) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS metadata                         Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS metadata_values                  Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS environment                      LowCardinality(String),
    ADD COLUMN IF NOT EXISTS release                          LowCardinality(String),
    ADD COLUMN IF NOT EXISTS agent_name                       LowCardinality(String),
    ADD COLUMN IF NOT EXISTS status                           LowCardinality(String) DEFAULT if(status_code = 'STATUS_CODE_ERROR', 'error', 'ok'),
    ADD COLUMN IF NOT EXISTS error_type                       LowCardinality(String),
    ADD COLUMN IF NOT EXISTS finish_reason                    LowCardinality(String),
    ADD COLUMN IF NOT EXISTS prompt_name                      LowCardinality(String),
    ADD COLUMN IF NOT EXISTS prompt_version                   LowCardinality(String),
    ADD COLUMN IF NOT EXISTS routing_alias                    LowCardinality(String),
    ADD COLUMN IF NOT EXISTS trace_name                       String CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS workflow_name                    LowCardinality(String),
    ADD COLUMN IF NOT EXISTS trace_input                      String CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS trace_output                     String CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS trace_metadata                   Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS trace_metadata_values            Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS marked_root                      Bool,
    ADD COLUMN IF NOT EXISTS derive_version                   UInt16,
    ADD COLUMN IF NOT EXISTS has_input_text                   Bool MATERIALIZED input_text != '',
    ADD COLUMN IF NOT EXISTS has_output_text                  Bool MATERIALIZED output_text != '',
    ADD COLUMN IF NOT EXISTS has_trace_input                  Bool MATERIALIZED trace_input != '',
    ADD COLUMN IF NOT EXISTS has_trace_output                 Bool MATERIALIZED trace_output != '';
