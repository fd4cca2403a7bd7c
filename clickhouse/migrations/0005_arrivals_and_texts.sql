-- spans: when the door received the span, and each text once.
--
-- received_at is set on what a sender delivered and zero on what Spanwise writes again by itself (log records joined, prices
-- computed anew, spans adopted by a project), so that an arrival is counted once.
-- Raw texts: `input` and `output` are mostly one of the attributes as it stands; then they are empty, and the attribute is
-- what input_from and output_from name. raw_* read either.
-- Derived texts: a long one mostly stands inside that attribute as a JSON string. Then input_text and output_text hold its
-- head, for lists, *_at is its first byte there (from 1) and *_length its bytes as written in JSON; 4294967295 stands for the
-- whole attribute, 0 for a text that is stored in full. whole_* read either.
-- Codecs: histories and tool definitions are sent again with every call, and the sort order puts the calls of a trace side by
-- side, so a long window finds them. Moments of one block are equal, which Delta would hide. Blocks go in as compact parts: a wide one has some 250 files.
-- Window: a block that is inserted again under its token, because its answer was lost, is stored once.
ALTER TABLE spans
    ADD COLUMN IF NOT EXISTS received_at   DateTime64(3, 'UTC') DEFAULT toDateTime64(0, 3, 'UTC') CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS input_at      UInt32 CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS input_length  UInt32 CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS output_at     UInt32 CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS output_length UInt32 CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS raw_input  String ALIAS if(input = '' AND input_from != '', attributes[input_from], input),
    ADD COLUMN IF NOT EXISTS raw_output String ALIAS if(output = '' AND output_from != '', attributes[output_from], output),
    ADD COLUMN IF NOT EXISTS whole_input_text String ALIAS multiIf(
        input_length = 0, input_text,
        input_length = 4294967295, attributes[input_from],
        JSONExtractString(concat('"', substring(attributes[input_from], input_at, input_length), '"'))),
    ADD COLUMN IF NOT EXISTS whole_output_text String ALIAS multiIf(
        output_length = 0, output_text,
        output_length = 4294967295, attributes[output_from],
        JSONExtractString(concat('"', substring(attributes[output_from], output_at, output_length), '"'))),
    MODIFY COLUMN attributes Map(LowCardinality(String), String) CODEC(ZSTD(3, 23))
        SETTINGS (min_compress_block_size = 8388608, max_compress_block_size = 8388608),
    MODIFY COLUMN attribute_values Map(LowCardinality(String), String) CODEC(ZSTD(3)),
    MODIFY COLUMN resource_attributes Map(LowCardinality(String), String) CODEC(ZSTD(3)),
    MODIFY COLUMN name String CODEC(ZSTD(3)),
    MODIFY COLUMN display_name String DEFAULT name CODEC(ZSTD(3)),
    MODIFY COLUMN input String CODEC(ZSTD(3)),
    MODIFY COLUMN output String CODEC(ZSTD(3)),
    MODIFY COLUMN input_text String DEFAULT input CODEC(ZSTD(3)),
    MODIFY COLUMN output_text String DEFAULT output CODEC(ZSTD(3)),
    MODIFY COLUMN inserted_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC') CODEC(ZSTD(1)),
    MODIFY COLUMN expires_at DateTime64(3, 'UTC') CODEC(ZSTD(1)),
    MODIFY COLUMN input_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN output_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN cache_read_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN cache_creation_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN reasoning_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN audio_input_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN audio_output_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN total_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN aggregate_cache_read_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN aggregate_cache_creation_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN aggregate_reasoning_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN aggregate_audio_input_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN aggregate_audio_output_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN aggregate_total_tokens Nullable(UInt64) CODEC(ZSTD(1)),
    MODIFY COLUMN aggregate_input_tokens Nullable(UInt64) DEFAULT if(kind IN ('llm', 'embedding', 'reranker'), NULL, input_tokens) CODEC(ZSTD(1)),
    MODIFY COLUMN aggregate_output_tokens Nullable(UInt64) DEFAULT if(kind IN ('llm', 'embedding', 'reranker'), NULL, output_tokens) CODEC(ZSTD(1)),
    MODIFY COLUMN cost_usd Nullable(Float64) CODEC(ZSTD(1)),
    MODIFY COLUMN cost_input Nullable(Float64) CODEC(ZSTD(1)),
    MODIFY COLUMN cost_output Nullable(Float64) CODEC(ZSTD(1)),
    MODIFY COLUMN aggregate_cost_usd Nullable(Float64) CODEC(ZSTD(1)),
    MODIFY COLUMN ttft_ms Nullable(Float64) CODEC(ZSTD(1));
ALTER TABLE spans MODIFY SETTING
    non_replicated_deduplication_window = 1000,
    min_bytes_for_wide_part = 67108864;
