-- On which pages of an audit log do the lines of raw.page_text not add up to the furniture and left-over glyphs?
WITH line AS (
    SELECT
        document_id,
        page_number,
        sum(glyph_count) FILTER (WHERE account = 'furniture') AS furniture,
        sum(glyph_count) FILTER (WHERE account = 'left') AS "left"
    FROM raw.page_text
    GROUP BY document_id, page_number
)
SELECT p.document_id, p.page_number, p.glyphs_furniture, line.furniture, p.glyphs_left, line."left"
FROM raw.page AS p
JOIN raw.segment AS s ON s.segment_id = p.segment_id AND s.kind = 'audit_log'
LEFT JOIN line ON line.document_id = p.document_id AND line.page_number = p.page_number
WHERE coalesce(p.glyphs_furniture, 0) <> coalesce(line.furniture, 0)
    OR coalesce(p.glyphs_left, 0) <> coalesce(line."left", 0)
