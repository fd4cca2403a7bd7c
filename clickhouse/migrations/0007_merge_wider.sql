-- spans, span_arrivals: fewer and wider merges.
--
-- Rows come in blocks of some thousand, and with the usual base of 5 ClickHouse spent more on merging them, again and again,
-- than on taking them (61 against 43 microseconds of CPU a span in blocks of 2,048; 44 with a base of 20). A query opens
-- about twice the parts, which a look-up by key hardly notices.
-- A merge takes one column after the other as soon as its result is a wide part: row by row costs more with 95 columns.
ALTER TABLE spans MODIFY SETTING merge_selector_base = 20, vertical_merge_algorithm_min_rows_to_activate = 10000;
ALTER TABLE span_arrivals MODIFY SETTING merge_selector_base = 20;
