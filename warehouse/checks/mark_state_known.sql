-- Which marks have a state, style, method or agreement that does not exist?
-- A mark on a page is never not_visible: that is said of topics without a mark.
SELECT document_id, mark_id, state, style, method, label_agreement
FROM raw.hotlist_mark
WHERE state NOT IN ('on', 'off', 'mixed', 'disabled_on', 'disabled_off', 'unreadable')
    OR style NOT IN ('check_box', 'toggle', 'radio', 'word', 'check_icon', 'chip', 'other')
    OR method NOT IN ('acroform', 'vector', 'pixels', 'words')
    OR coalesce(label_agreement NOT IN ('layer', 'both', 'format', 'spaces', 'differ', 'one'), label IS NOT NULL)
