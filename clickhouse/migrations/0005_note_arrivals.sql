-- spans: when the door received the span, for the books.
--
-- received_at is set on what a sender delivered and zero on what Spanwise writes again by itself (log records joined, prices
-- computed anew, spans adopted by a project), so that an arrival is counted once.
-- raw_*: the text of input and output is mostly one of the attributes as it stands; then `input` and `output` are empty and
-- the attribute is what input_from and output_from name.
-- Window: a block that is inserted again under its token, because its answer was lost, is stored once.
ALTER TABLE spans
    ADD COLUMN IF NOT EXISTS received_at DateTime64(3, 'UTC') DEFAULT toDateTime64(0, 3, 'UTC') CODEC(Delta, ZSTD(1)),
    ADD COLUMN IF NOT EXISTS raw_input   String ALIAS if(input = '' AND input_from != '', attributes[input_from], input),
    ADD COLUMN IF NOT EXISTS raw_output  String ALIAS if(output = '' AND output_from != '', attributes[output_from], output);
ALTER TABLE spans MODIFY SETTING non_replicated_deduplication_window = 1000;
