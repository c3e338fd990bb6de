-- part: Networks
-- title: Sharing lists by type of the organization
-- note: Types and states are read from names by rules, or decided by reviewers.
SELECT
    coalesce(agency, 'not stated') AS agency,
    coalesce(org_type, 'not known') AS type,
    count(DISTINCT coalesce(org_id, printed_organization)) AS organizations,
    count(DISTINCT state) AS states,
    count(DISTINCT org_id) FILTER (is_federal) AS federal,
    count(DISTINCT org_id) FILTER (needs_review) AS to_review,
    count(*) FILTER (issue_count > 0) AS entries_under_issues,
    min(citation) AS example
FROM "out".sharing_organization
GROUP BY 1, 2
ORDER BY 1, organizations DESC, 2;
