-- part: Networks
-- title: Federal, school and campus organizations in sharing lists
-- note: That an organization stands in a list says nothing about whether it searched.
SELECT
    coalesce(agency, 'not stated') AS agency,
    printed_organization AS organization,
    org_type AS type,
    state,
    is_federal,
    direction,
    as_of_date,
    needs_review,
    issue_count AS open_issues,
    citation AS example
FROM "out".sharing_organization
WHERE is_federal OR org_type IN ('school_district', 'campus')
ORDER BY agency, is_federal DESC, organization, direction;
