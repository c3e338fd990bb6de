-- part: Networks
-- title: Sharing lists: how many organizations, in which direction
-- note: Directions are never mixed. unknown: the list does not say. A list shows one day.
SELECT
    coalesce(agency, 'not stated') AS agency,
    coalesce(account, '') AS account,
    as_of_date,
    as_of_basis,
    count(DISTINCT organization) AS organizations,
    count(DISTINCT organization) FILTER (direction = 'both') AS both_directions,
    count(DISTINCT organization) FILTER (direction = 'shared_with_me') AS shared_with_agency,
    count(DISTINCT organization) FILTER (direction = 'sharing_to') AS agency_shares,
    count(DISTINCT organization) FILTER (direction = 'unknown') AS direction_unknown,
    count(*) FILTER (issue_count > 0) AS entries_under_issues,
    min(citation) AS example
FROM "out".sharing
GROUP BY agency, account, as_of_date, as_of_basis, list_id
ORDER BY 1, 2, as_of_date;
