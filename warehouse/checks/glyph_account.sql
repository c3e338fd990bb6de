-- On which pages do the glyphs seen differ from used + furniture + left?
SELECT document_id, page_number, glyphs_seen, glyphs_used, glyphs_furniture, glyphs_left
FROM raw.page
WHERE glyphs_seen IS DISTINCT FROM glyphs_used + glyphs_furniture + glyphs_left
