-- Which chips are said to be anything but on, and which unreadable marks have a confidence?
SELECT document_id, mark_id, state, style
FROM raw.hotlist_mark
WHERE (style = 'chip' AND state NOT IN ('on', 'disabled_on', 'unreadable'))
    OR (state = 'unreadable' AND confidence IS NOT NULL)
