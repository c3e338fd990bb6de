-- part: Hotlists
-- title: Hotlist topics: how many lists show which state
-- chart: topic, on
-- note: off is a finding; not_visible and unreadable are none: the picture does not show the topic, or its mark could not be told. Several pictures of one list count once.
SELECT
    coalesce(topic_name, label) AS topic,
    code,
    count(*) FILTER (state = 'on') AS "on",
    count(*) FILTER (state = 'off') AS "off",
    count(*) FILTER (state = 'mixed') AS mixed,
    count(*) FILTER (state = 'disabled_on') AS disabled_on,
    count(*) FILTER (state = 'disabled_off') AS disabled_off,
    count(*) FILTER (state = 'unreadable') AS unreadable,
    count(*) FILTER (state = 'not_visible') AS not_visible,
    count(*) FILTER (issue_count > 0) AS settings_under_issues,
    min(citation) AS example
FROM "out".hotlist_setting
GROUP BY 1, 2
ORDER BY "on" DESC, 1, 2;
