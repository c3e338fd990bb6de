-- Which organizations of sharing lists have a direction or an agreement of the readers that does not exist?
SELECT document_id, row_id, direction, agreement
FROM raw.sharing_row
WHERE direction NOT IN ('shared_with_me', 'sharing_to', 'both', 'unknown')
    OR coalesce(agreement NOT IN ('layer', 'both', 'format', 'spaces', 'differ', 'one'), organization IS NOT NULL)
