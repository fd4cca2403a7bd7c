-- spans: when the door received the span, for the books.
--
-- received_at is set on what a sender delivered and zero on what Spanwise writes again by itself (log records joined, prices
-- computed anew, spans adopted by a project), so that an arrival is counted once.
-- Window: a block that is inserted again under its token, because its answer was lost, is stored once.
ALTER TABLE spans
    ADD COLUMN IF NOT EXISTS received_at DateTime64(3, 'UTC') DEFAULT toDateTime64(0, 3, 'UTC') CODEC(Delta, ZSTD(1));
ALTER TABLE spans MODIFY SETTING non_replicated_deduplication_window = 1000;
