-- part: Hotlists
-- title: The Immigration Violator topic, list by list
-- note: Code N of the national file. not_visible is not off.
SELECT
    coalesce(agency, 'not stated') AS agency,
    coalesce(account, agency_shown) AS account,
    list_name,
    state,
    as_of_date,
    as_of_basis,
    standing,
    issue_count AS open_issues,
    citation AS example
FROM "out".hotlist_setting
WHERE code = 'N'
ORDER BY agency, list_name, as_of_date;
