-- part: Hotlists
-- title: Hotlist topics that changed between two pictures
-- note: Something changed between the two dates; on which day nobody knows.
SELECT
    coalesce(agency, 'not stated') AS agency,
    coalesce(topic_name, label) AS topic,
    earlier_state, later_state, earlier_date, later_date, finding,
    issue_count AS open_issues,
    concat('earlier: ', earlier_citation, '; later: ', citation) AS example
FROM "out".hotlist_change
ORDER BY agency, topic, later_date;
