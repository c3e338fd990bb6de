-- Immigration evidence: what a rule found in a search, and out of how many. Filled by derive_evidence.

CREATE TABLE core.immigration_rule (
    rule_id VARCHAR NOT NULL,
    evidence_class VARCHAR NOT NULL,
    pattern VARCHAR NOT NULL,
    is_case_ignored BOOLEAN NOT NULL,
    source VARCHAR NOT NULL,
    why VARCHAR NOT NULL
);
COMMENT ON TABLE core.immigration_rule IS 'The rules for immigration evidence (warehouse/rules/immigration.toml, where doubts, claims and examples are; immigration_words.toml has the words that may stand beside). Publish them with every figure.';
COMMENT ON COLUMN core.immigration_rule.rule_id IS 'Its name.';
COMMENT ON COLUMN core.immigration_rule.evidence_class IS 'The class of a hit without doubts: dropdown_label, agency_keyword, topic_keyword or ambiguous.';
COMMENT ON COLUMN core.immigration_rule.pattern IS 'What it looks for, as whole words (Python regular expression).';
COMMENT ON COLUMN core.immigration_rule.is_case_ignored IS 'Whether capitals make no difference.';
COMMENT ON COLUMN core.immigration_rule.source IS 'Where the word is from: label, virginia, national or usage.';
COMMENT ON COLUMN core.immigration_rule.why IS 'What counts, and why look-alikes do not.';

CREATE TABLE core.immigration_evidence (
    row_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    evidence_class VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    field_state VARCHAR NOT NULL,
    matched_text VARCHAR NOT NULL,
    start_position INTEGER NOT NULL,
    end_position INTEGER NOT NULL,
    doubt VARCHAR,
    log_search_row_id VARCHAR NOT NULL,
    across_search_row_id VARCHAR NOT NULL
);
COMMENT ON TABLE core.immigration_evidence IS 'One rule that found something in one printed row, at its strongest place. A row may have several: never count these as searches.';
COMMENT ON COLUMN core.immigration_evidence.row_id IS 'The printed row.';
COMMENT ON COLUMN core.immigration_evidence.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN core.immigration_evidence.rule_id IS 'The rule (core.immigration_rule).';
COMMENT ON COLUMN core.immigration_evidence.evidence_class IS 'dropdown_label, agency_keyword, topic_keyword or ambiguous. Ambiguous is no evidence of immigration.';
COMMENT ON COLUMN core.immigration_evidence.field IS 'Where: reason; text_prompt, case_number or moderation, which are never more than ambiguous.';
COMMENT ON COLUMN core.immigration_evidence.field_state IS 'State of that cell: value, partial, or placeholder (the whole column says the same).';
COMMENT ON COLUMN core.immigration_evidence.matched_text IS 'What was matched, as printed.';
COMMENT ON COLUMN core.immigration_evidence.start_position IS 'Its first character in the printed cell, from 0.';
COMMENT ON COLUMN core.immigration_evidence.end_position IS 'Behind its last character.';
COMMENT ON COLUMN core.immigration_evidence.doubt IS 'Why a hit is only ambiguous: negation, impersonation, bystander, person, place, substance, human_services, look_alike, no_claim (nothing beside it shows that it is the agency or topic), offense_label (it stands behind the label of another offense without a paper or request), unknown_word (a word or sign that is not of police work may change what is said), long_text or field; null where the class stands, or the rule is never more.';
COMMENT ON COLUMN core.immigration_evidence.log_search_row_id IS 'The row that stands for the search in its log: the same for all rows of one search there.';
COMMENT ON COLUMN core.immigration_evidence.across_search_row_id IS 'The row that stands for the search in all logs.';

CREATE TABLE core.rule_set_term (
    rule_set_id VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    source VARCHAR NOT NULL
);
COMMENT ON TABLE core.rule_set_term IS 'Terms of published counts (warehouse/rules/rule_sets.toml), so that they can be run again. They are not our rules.';
COMMENT ON COLUMN core.rule_set_term.rule_set_id IS 'The set.';
COMMENT ON COLUMN core.rule_set_term.term IS 'One of its terms.';
COMMENT ON COLUMN core.rule_set_term.title IS 'Whose count it was.';
COMMENT ON COLUMN core.rule_set_term.source IS 'Where it was published, and the figure.';

CREATE TABLE core.rule_set_hit (
    row_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    rule_set_id VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    matched_text VARCHAR NOT NULL,
    start_position INTEGER NOT NULL,
    end_position INTEGER NOT NULL,
    log_search_row_id VARCHAR NOT NULL,
    across_search_row_id VARCHAR NOT NULL
);
COMMENT ON TABLE core.rule_set_hit IS 'One published term in the reason of one printed row, as whole words in any case.';
COMMENT ON COLUMN core.rule_set_hit.row_id IS 'The printed row.';
COMMENT ON COLUMN core.rule_set_hit.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN core.rule_set_hit.rule_set_id IS 'The set.';
COMMENT ON COLUMN core.rule_set_hit.term IS 'The term.';
COMMENT ON COLUMN core.rule_set_hit.matched_text IS 'As printed: compare ICE with ice.';
COMMENT ON COLUMN core.rule_set_hit.start_position IS 'Its first character in the reason, from 0.';
COMMENT ON COLUMN core.rule_set_hit.end_position IS 'Behind its last character.';
COMMENT ON COLUMN core.rule_set_hit.log_search_row_id IS 'The row that stands for the search in its log.';
COMMENT ON COLUMN core.rule_set_hit.across_search_row_id IS 'The row that stands for the search in all logs.';

CREATE TABLE core.evidence_search (
    row_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    segment_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    row_number INTEGER NOT NULL,
    producer_id VARCHAR,
    org_id VARCHAR,
    org_name VARCHAR,
    searched_datetime TIMESTAMP,
    reason_category VARCHAR,
    across_tier VARCHAR NOT NULL,
    is_first_in_log BOOLEAN NOT NULL,
    is_first_across BOOLEAN NOT NULL
);
COMMENT ON TABLE core.evidence_search IS 'The rows of core.audit_search that evidence or a term of a published count is about, and the first rows of their searches: a small copy, so that questions about a few hundred rows do not read millions.';
COMMENT ON COLUMN core.evidence_search.row_id IS 'The printed row.';
COMMENT ON COLUMN core.evidence_search.document_id IS 'SHA-256 of the document''s bytes, in lower-case hex.';
COMMENT ON COLUMN core.evidence_search.segment_id IS 'The run of pages the row belongs to (raw.segment).';
COMMENT ON COLUMN core.evidence_search.page_number IS 'Page of the row''s anchor, 1-based.';
COMMENT ON COLUMN core.evidence_search.row_number IS 'Ordinal of the row on that page, from 1.';
COMMENT ON COLUMN core.evidence_search.producer_id IS 'The organization whose log it is; null until it is assigned.';
COMMENT ON COLUMN core.evidence_search.org_id IS 'The organization that searched, as registered; null until it is assigned.';
COMMENT ON COLUMN core.evidence_search.org_name IS 'The organization that searched, as printed; null without a value.';
COMMENT ON COLUMN core.evidence_search.searched_datetime IS 'When the search was made, naive UTC; null where that is not known.';
COMMENT ON COLUMN core.evidence_search.reason_category IS 'Label that the reason begins with.';
COMMENT ON COLUMN core.evidence_search.across_tier IS 'How its rows were linked across logs: id, facts or row.';
COMMENT ON COLUMN core.evidence_search.is_first_in_log IS 'Whether it stands for its search among the rows of its log.';
COMMENT ON COLUMN core.evidence_search.is_first_across IS 'Whether it stands for its search among the rows of all logs.';

CREATE VIEW core.evidence_search_organization AS
SELECT
    s.row_id,
    s.document_id,
    log.audit_kind,
    log.audit_kind_basis,
    s.producer_id,
    producer.organization AS producer,
    producer.state AS producer_state,
    producer.org_type AS producer_type,
    log.producer_basis,
    s.org_id,
    CASE WHEN s.org_id IS NULL THEN NULL WHEN s.org_name IS NULL THEN 'organization_audit' ELSE 'printed' END AS org_basis,
    searcher.organization AS searching_organization,
    searcher.state AS searching_state,
    searcher.org_type AS searching_type,
    searcher.is_federal,
    searcher.is_inactive,
    searcher.is_deactivated,
    searcher.is_demo,
    searcher.needs_review,
    s.searched_datetime,
    s.reason_category,
    s.is_first_in_log,
    s.is_first_across,
    concat_ws(', ', source.cited_file, 'page ' || s.page_number, 'row ' || s.row_number, 'SHA-256 ' || s.document_id) AS citation,
    '/trace/' || s.row_id AS trace_url
FROM core.evidence_search AS s
JOIN core.document_source AS source ON source.document_id = s.document_id
LEFT JOIN core.audit_log AS log ON log.segment_id = s.segment_id
LEFT JOIN "out".organization AS producer ON producer.org_id = s.producer_id
LEFT JOIN "out".organization AS searcher ON searcher.org_id = s.org_id;
COMMENT ON VIEW core.evidence_search_organization IS 'Of the rows in core.evidence_search: what out.audit_search_organization says.';
COMMENT ON COLUMN core.evidence_search_organization.row_id IS 'The printed row; joins out.audit_search.';
COMMENT ON COLUMN core.evidence_search_organization.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN core.evidence_search_organization.audit_kind IS 'organization (searches by the producer), network (searches by anybody) or unknown.';
COMMENT ON COLUMN core.evidence_search_organization.audit_kind_basis IS 'What says so: file_name, title, rows, disagree or none.';
COMMENT ON COLUMN core.evidence_search_organization.producer_id IS 'The organization whose log it is.';
COMMENT ON COLUMN core.evidence_search_organization.producer IS 'Its name; null where nothing says whose log it is, or the evidence disagrees.';
COMMENT ON COLUMN core.evidence_search_organization.producer_state IS 'Its state.';
COMMENT ON COLUMN core.evidence_search_organization.producer_type IS 'Its type.';
COMMENT ON COLUMN core.evidence_search_organization.producer_basis IS 'What says whose log it is.';
COMMENT ON COLUMN core.evidence_search_organization.org_id IS 'The organization that searched.';
COMMENT ON COLUMN core.evidence_search_organization.org_basis IS 'printed in the row, or organization_audit: the log has no such column and is named an organization audit of its producer. Null where not known.';
COMMENT ON COLUMN core.evidence_search_organization.searching_organization IS 'Its name; null where masked, not exported or not known.';
COMMENT ON COLUMN core.evidence_search_organization.searching_state IS 'Its state; null where the name does not tell it.';
COMMENT ON COLUMN core.evidence_search_organization.searching_type IS 'Its type.';
COMMENT ON COLUMN core.evidence_search_organization.is_federal IS 'Whether it is tagged or named as federal; null where not known who searched.';
COMMENT ON COLUMN core.evidence_search_organization.is_inactive IS 'Whether it is tagged as inactive.';
COMMENT ON COLUMN core.evidence_search_organization.is_deactivated IS 'Whether it is tagged as deactivated.';
COMMENT ON COLUMN core.evidence_search_organization.is_demo IS 'Whether it is a demo account.';
COMMENT ON COLUMN core.evidence_search_organization.needs_review IS 'Whether its state or type is in doubt.';
COMMENT ON COLUMN core.evidence_search_organization.searched_datetime IS 'When it was searched, naive UTC.';
COMMENT ON COLUMN core.evidence_search_organization.reason_category IS 'Label of the drop-down list, if any.';
COMMENT ON COLUMN core.evidence_search_organization.is_first_in_log IS 'Whether it stands for its search in this log: count these for searches in one log.';
COMMENT ON COLUMN core.evidence_search_organization.is_first_across IS 'Whether it stands for its search in all logs: count these for searches across logs.';
COMMENT ON COLUMN core.evidence_search_organization.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN core.evidence_search_organization.trace_url IS 'Path of the row on the review page.';

CREATE VIEW "out".immigration_evidence AS
SELECT
    e.row_id,
    e.document_id,
    e.rule_id,
    e.evidence_class,
    e.field,
    e.field_state,
    e.matched_text,
    e.start_position,
    e.end_position,
    e.doubt,
    e.log_search_row_id,
    e.across_search_row_id,
    s.producer,
    s.searching_organization,
    s.searching_state,
    s.searching_type,
    s.is_federal,
    s.searched_datetime,
    s.citation,
    s.trace_url
FROM core.immigration_evidence AS e
JOIN core.evidence_search_organization AS s ON s.row_id = e.row_id;
COMMENT ON VIEW "out".immigration_evidence IS 'One printed row and one rule that found something in it. Rows times rules, not searches: count searches with out.immigration_evidence_in_log or out.immigration_evidence_distinct, classes apart, ambiguous ones never, and with out.immigration_denominator beside the figure.';
COMMENT ON COLUMN "out".immigration_evidence.row_id IS 'The printed row.';
COMMENT ON COLUMN "out".immigration_evidence.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".immigration_evidence.rule_id IS 'The rule (core.immigration_rule).';
COMMENT ON COLUMN "out".immigration_evidence.evidence_class IS 'dropdown_label (chosen from the vendor''s list), agency_keyword, topic_keyword, or ambiguous (no evidence). Different kinds of evidence: never added up without saying so.';
COMMENT ON COLUMN "out".immigration_evidence.field IS 'The cell it was found in.';
COMMENT ON COLUMN "out".immigration_evidence.field_state IS 'State of that cell: value, partial or placeholder.';
COMMENT ON COLUMN "out".immigration_evidence.matched_text IS 'What was matched, as printed.';
COMMENT ON COLUMN "out".immigration_evidence.start_position IS 'Its first character in the printed cell, from 0.';
COMMENT ON COLUMN "out".immigration_evidence.end_position IS 'Behind its last character.';
COMMENT ON COLUMN "out".immigration_evidence.doubt IS 'Why it is only ambiguous; null otherwise.';
COMMENT ON COLUMN "out".immigration_evidence.log_search_row_id IS 'The search in its log: count it distinct for searches in one log.';
COMMENT ON COLUMN "out".immigration_evidence.across_search_row_id IS 'The search in all logs: count it distinct for searches across logs.';
COMMENT ON COLUMN "out".immigration_evidence.producer IS 'Whose log it is; null where not known.';
COMMENT ON COLUMN "out".immigration_evidence.searching_organization IS 'Who searched; never the producer unless both are one. Null where not known.';
COMMENT ON COLUMN "out".immigration_evidence.searching_state IS 'State of the organization that searched.';
COMMENT ON COLUMN "out".immigration_evidence.searching_type IS 'Its type.';
COMMENT ON COLUMN "out".immigration_evidence.is_federal IS 'Whether it is tagged or named as federal.';
COMMENT ON COLUMN "out".immigration_evidence.searched_datetime IS 'When it was searched, naive UTC.';
COMMENT ON COLUMN "out".immigration_evidence.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".immigration_evidence.trace_url IS 'Path of the row on the review page.';

CREATE VIEW "out".immigration_evidence_in_log AS
WITH search AS (
    SELECT
        log_search_row_id AS search_row_id,
        list_extract(['dropdown_label', 'agency_keyword', 'topic_keyword', 'ambiguous'],
            min(list_position(['dropdown_label', 'agency_keyword', 'topic_keyword', 'ambiguous'], evidence_class))) AS evidence_class,
        bool_or(rule_id = 'imm.label_civil') AS has_civil_label,
        bool_or(rule_id = 'imm.label_criminal') AS has_criminal_label,
        list(DISTINCT rule_id ORDER BY rule_id) AS rule_ids,
        count(DISTINCT row_id) AS row_count
    FROM core.immigration_evidence
    GROUP BY log_search_row_id
)
SELECT
    e.search_row_id,
    s.document_id,
    e.evidence_class,
    e.has_civil_label,
    e.has_criminal_label,
    e.rule_ids,
    e.row_count,
    s.producer_id,
    s.producer,
    s.org_id,
    s.searching_organization,
    s.searching_state,
    s.searching_type,
    s.is_federal,
    s.searched_datetime,
    s.citation,
    s.trace_url
FROM search AS e
JOIN core.evidence_search_organization AS s ON s.row_id = e.search_row_id;
COMMENT ON VIEW "out".immigration_evidence_in_log IS 'One search in one log with its strongest evidence. Count these within one log; the same search may be in other logs too. Leave ambiguous out of claims, and state the denominator (out.immigration_denominator).';
COMMENT ON COLUMN "out".immigration_evidence_in_log.search_row_id IS 'The row that stands for the search in this log; it need not print the evidence itself.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.evidence_class IS 'The strongest: dropdown_label, agency_keyword, topic_keyword, ambiguous.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.has_civil_label IS 'Whether the label Immigration (civil/administrative) was chosen.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.has_criminal_label IS 'Whether the label Immigration (criminal) was chosen.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.rule_ids IS 'All rules that found something.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.row_count IS 'Printed rows of the search with evidence.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.producer_id IS 'The organization whose log it is.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.producer IS 'Its name.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.org_id IS 'The organization that searched.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.searching_organization IS 'Its name.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.searching_state IS 'Its state.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.searching_type IS 'Its type.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.is_federal IS 'Whether it is tagged or named as federal.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.searched_datetime IS 'When it was searched, naive UTC.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.citation IS 'Citation of the first row of the search in this log.';
COMMENT ON COLUMN "out".immigration_evidence_in_log.trace_url IS 'Path of that row on the review page.';

CREATE VIEW "out".immigration_evidence_distinct AS
WITH search AS (
    SELECT
        across_search_row_id AS search_row_id,
        list_extract(['dropdown_label', 'agency_keyword', 'topic_keyword', 'ambiguous'],
            min(list_position(['dropdown_label', 'agency_keyword', 'topic_keyword', 'ambiguous'], evidence_class))) AS evidence_class,
        bool_or(rule_id = 'imm.label_civil') AS has_civil_label,
        bool_or(rule_id = 'imm.label_criminal') AS has_criminal_label,
        list(DISTINCT rule_id ORDER BY rule_id) AS rule_ids,
        count(DISTINCT row_id) AS row_count,
        count(DISTINCT document_id) AS document_count,
        min(row_id) AS evidence_row_id
    FROM core.immigration_evidence
    GROUP BY across_search_row_id
)
SELECT
    e.search_row_id,
    e.evidence_class,
    e.has_civil_label,
    e.has_criminal_label,
    e.rule_ids,
    e.row_count,
    e.document_count,
    t.across_tier,
    s.org_id,
    s.searching_organization,
    s.searching_state,
    s.searching_type,
    s.is_federal,
    s.searched_datetime,
    shown.row_id AS evidence_row_id,
    shown.citation,
    shown.trace_url
FROM search AS e
JOIN core.evidence_search_organization AS s ON s.row_id = e.search_row_id
JOIN core.evidence_search AS t ON t.row_id = e.search_row_id
JOIN core.evidence_search_organization AS shown ON shown.row_id = e.evidence_row_id;
COMMENT ON VIEW "out".immigration_evidence_distinct IS 'One search across all logs with its strongest evidence, each search once. Searches linked without an id (across_tier facts) may be two. Leave ambiguous out of claims.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.search_row_id IS 'The row that stands for the search in all logs; it need not print the evidence itself.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.evidence_class IS 'The strongest: dropdown_label, agency_keyword, topic_keyword, ambiguous.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.has_civil_label IS 'Whether the label Immigration (civil/administrative) was chosen.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.has_criminal_label IS 'Whether the label Immigration (criminal) was chosen.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.rule_ids IS 'All rules that found something.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.row_count IS 'Printed rows with evidence.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.document_count IS 'Documents that print it.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.across_tier IS 'How its rows were linked: id, facts or row (core.audit_search).';
COMMENT ON COLUMN "out".immigration_evidence_distinct.org_id IS 'The organization that searched.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.searching_organization IS 'Its name.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.searching_state IS 'Its state.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.searching_type IS 'Its type.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.is_federal IS 'Whether it is tagged or named as federal.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.searched_datetime IS 'When it was searched, naive UTC.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.evidence_row_id IS 'A row that prints the evidence.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.citation IS 'Citation of that row.';
COMMENT ON COLUMN "out".immigration_evidence_distinct.trace_url IS 'Path of that row on the review page.';

CREATE VIEW "out".immigration_denominator AS
WITH found AS (
    SELECT s.segment_id,
        count(*) AS search_count,
        count(*) FILTER (e.evidence_class = 'dropdown_label') AS dropdown_label_count,
        count(*) FILTER (e.evidence_class = 'agency_keyword') AS agency_keyword_count,
        count(*) FILTER (e.evidence_class = 'topic_keyword') AS topic_keyword_count,
        count(*) FILTER (e.evidence_class = 'ambiguous') AS ambiguous_count
    FROM "out".immigration_evidence_in_log AS e
    JOIN core.evidence_search AS s ON s.row_id = e.search_row_id
    GROUP BY s.segment_id
),
told AS (
    SELECT segment_id, any_value(document_id) AS document_id, any_value(producer_id) AS producer_id,
        count(*) AS row_count,
        count(*) FILTER (is_first_in_log) AS search_count,
        count(*) FILTER (is_first_in_log AND reason_state IN ('value', 'partial')) AS readable_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'value') AS value_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'partial') AS partial_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'empty') AS empty_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'masked') AS masked_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'redacted') AS redacted_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'placeholder') AS placeholder_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'not_exported') AS not_exported_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'withheld') AS withheld_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'blacked_out') AS blacked_out_count,
        count(*) FILTER (is_first_in_log AND reason_state = 'illegible') AS illegible_count,
        count(*) FILTER (is_first_in_log AND reason_category IS NOT NULL) AS labelled_count
    FROM core.audit_search
    GROUP BY segment_id
)
SELECT
    t.segment_id,
    t.document_id,
    t.producer_id,
    o.organization AS producer,
    log.audit_kind,
    t.row_count,
    t.search_count,
    t.readable_count,
    t.value_count,
    t.partial_count,
    t.empty_count,
    t.masked_count,
    t.redacted_count,
    t.placeholder_count,
    t.not_exported_count,
    t.withheld_count,
    t.blacked_out_count,
    t.illegible_count,
    t.labelled_count,
    coalesce(f.dropdown_label_count, 0) AS dropdown_label_count,
    coalesce(f.agency_keyword_count, 0) AS agency_keyword_count,
    coalesce(f.topic_keyword_count, 0) AS topic_keyword_count,
    coalesce(f.ambiguous_count, 0) AS ambiguous_count,
    concat_ws(', ', source.cited_file, 'SHA-256 ' || t.document_id) AS citation
FROM told AS t
JOIN core.document_source AS source ON source.document_id = t.document_id
LEFT JOIN core.audit_log AS log ON log.segment_id = t.segment_id
LEFT JOIN "out".organization AS o ON o.org_id = t.producer_id
LEFT JOIN found AS f ON f.segment_id = t.segment_id;
COMMENT ON VIEW "out".immigration_denominator IS 'One audit log: out of how many searches the evidence is. A search whose reason is masked, redacted or not exported may be anything: 0 of 10 readable reasons in 1,000 searches is no finding. Searches of one log; do not add up logs that share searches.';
COMMENT ON COLUMN "out".immigration_denominator.segment_id IS 'The log (raw.segment).';
COMMENT ON COLUMN "out".immigration_denominator.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".immigration_denominator.producer_id IS 'The organization whose log it is.';
COMMENT ON COLUMN "out".immigration_denominator.producer IS 'Its name.';
COMMENT ON COLUMN "out".immigration_denominator.audit_kind IS 'organization, network or unknown.';
COMMENT ON COLUMN "out".immigration_denominator.row_count IS 'Printed rows.';
COMMENT ON COLUMN "out".immigration_denominator.search_count IS 'Searches in the log, by their first rows; the counts below add up to it by state.';
COMMENT ON COLUMN "out".immigration_denominator.readable_count IS 'Of them with a reason that can be read: value and partial. The denominator of the evidence below.';
COMMENT ON COLUMN "out".immigration_denominator.value_count IS 'Reason is a value.';
COMMENT ON COLUMN "out".immigration_denominator.partial_count IS 'A part of the reason is missing.';
COMMENT ON COLUMN "out".immigration_denominator.empty_count IS 'Reason is blank.';
COMMENT ON COLUMN "out".immigration_denominator.masked_count IS 'Reason is masked (***).';
COMMENT ON COLUMN "out".immigration_denominator.redacted_count IS 'Reason is redacted.';
COMMENT ON COLUMN "out".immigration_denominator.placeholder_count IS 'Reason is a placeholder, or the whole column says one thing.';
COMMENT ON COLUMN "out".immigration_denominator.not_exported_count IS 'The log has no reason.';
COMMENT ON COLUMN "out".immigration_denominator.withheld_count IS 'Reason is withheld.';
COMMENT ON COLUMN "out".immigration_denominator.blacked_out_count IS 'Reason is under a box.';
COMMENT ON COLUMN "out".immigration_denominator.illegible_count IS 'Reason could not be read.';
COMMENT ON COLUMN "out".immigration_denominator.labelled_count IS 'Of the searches, those with a drop-down label: the denominator of dropdown_label_count. 0: the log prints no labels.';
COMMENT ON COLUMN "out".immigration_denominator.dropdown_label_count IS 'Searches whose strongest evidence is an immigration label.';
COMMENT ON COLUMN "out".immigration_denominator.agency_keyword_count IS 'Searches whose strongest evidence names an agency.';
COMMENT ON COLUMN "out".immigration_denominator.topic_keyword_count IS 'Searches whose strongest evidence names the topic.';
COMMENT ON COLUMN "out".immigration_denominator.ambiguous_count IS 'Searches with ambiguous hits only: no evidence.';
COMMENT ON COLUMN "out".immigration_denominator.citation IS 'Agency, request number, production date, file and SHA-256 in one line.';

CREATE VIEW "out".rule_set_hit AS
SELECT
    h.rule_set_id,
    h.term,
    h.row_id,
    h.document_id,
    h.matched_text,
    h.start_position,
    h.end_position,
    coalesce(ours.evidence_class, 'none') AS evidence_class,
    h.log_search_row_id,
    h.across_search_row_id,
    s.is_first_in_log,
    s.is_first_across,
    s.producer,
    s.searching_organization,
    s.searched_datetime,
    s.citation,
    s.trace_url
FROM core.rule_set_hit AS h
JOIN core.evidence_search_organization AS s ON s.row_id = h.row_id
LEFT JOIN (
    SELECT row_id, list_extract(['dropdown_label', 'agency_keyword', 'topic_keyword', 'ambiguous'],
        min(list_position(['dropdown_label', 'agency_keyword', 'topic_keyword', 'ambiguous'], evidence_class))) AS evidence_class
    FROM core.immigration_evidence
    GROUP BY row_id
) AS ours ON ours.row_id = h.row_id;
COMMENT ON VIEW "out".rule_set_hit IS 'One term of a published count in the reason of one printed row, to run that count again. A row has one row per term: count distinct row_id. What the terms mean there, evidence_class says.';
COMMENT ON COLUMN "out".rule_set_hit.rule_set_id IS 'The set (core.rule_set_term).';
COMMENT ON COLUMN "out".rule_set_hit.term IS 'The term.';
COMMENT ON COLUMN "out".rule_set_hit.row_id IS 'The printed row.';
COMMENT ON COLUMN "out".rule_set_hit.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".rule_set_hit.matched_text IS 'As printed: compare ICE with ice.';
COMMENT ON COLUMN "out".rule_set_hit.start_position IS 'Its first character in the reason, from 0.';
COMMENT ON COLUMN "out".rule_set_hit.end_position IS 'Behind its last character.';
COMMENT ON COLUMN "out".rule_set_hit.evidence_class IS 'Strongest class of our own rules for the row; none where they find nothing.';
COMMENT ON COLUMN "out".rule_set_hit.log_search_row_id IS 'The search in its log: count it distinct for searches in one log.';
COMMENT ON COLUMN "out".rule_set_hit.across_search_row_id IS 'The search in all logs: count it distinct for searches across logs.';
COMMENT ON COLUMN "out".rule_set_hit.is_first_in_log IS 'Whether the row stands for its search in this log. Count log_search_row_id distinct: another row may.';
COMMENT ON COLUMN "out".rule_set_hit.is_first_across IS 'Whether the row stands for its search in all logs. Count across_search_row_id distinct.';
COMMENT ON COLUMN "out".rule_set_hit.producer IS 'Whose log it is.';
COMMENT ON COLUMN "out".rule_set_hit.searching_organization IS 'Who searched.';
COMMENT ON COLUMN "out".rule_set_hit.searched_datetime IS 'When, naive UTC.';
COMMENT ON COLUMN "out".rule_set_hit.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".rule_set_hit.trace_url IS 'Path of the row on the review page.';
