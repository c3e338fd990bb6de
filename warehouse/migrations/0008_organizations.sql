-- Who searched and whose log it is: organizations by their printed names. Filled by derive_organizations.

CREATE TABLE core.organization (
    org_id VARCHAR NOT NULL,
    organization VARCHAR NOT NULL,
    state VARCHAR,
    org_type VARCHAR NOT NULL,
    is_federal BOOLEAN NOT NULL,
    is_inactive BOOLEAN NOT NULL,
    is_deactivated BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    needs_review BOOLEAN NOT NULL,
    review_reasons VARCHAR[] NOT NULL,
    alias_count INTEGER NOT NULL
);
COMMENT ON TABLE core.organization IS 'One organization as its printed names tell it: what the rules say, before people decide (out.organization has both). Two agencies whose names are spelled alike and print no state are one row here.';
COMMENT ON COLUMN core.organization.org_id IS 'o- and 16 hex digits of the SHA-256 of the words of the name and its state: the same in every build.';
COMMENT ON COLUMN core.organization.organization IS 'Its name: the shortest spelling without tags.';
COMMENT ON COLUMN core.organization.state IS 'Code of the US state that the name prints, or that the release states for its agency. Null where none or two can be meant. Names of counties and towns (Washington County, Nevada MO PD) tell none.';
COMMENT ON COLUMN core.organization.org_type IS 'police, sheriff, state_police, state_agency, federal, school_district, campus, tribal, fire, corrections, prosecutor, constable, marshal, local_government, private, task_force, transit, demo or unknown. Told by the name alone.';
COMMENT ON COLUMN core.organization.is_federal IS 'Tagged as federal in one spelling, or named as a federal agency. Task forces with federal members are not seen by it.';
COMMENT ON COLUMN core.organization.is_inactive IS 'Tagged as inactive in at least one spelling; the others may be older or newer.';
COMMENT ON COLUMN core.organization.is_deactivated IS 'Tagged as deactivated or turned off in at least one spelling.';
COMMENT ON COLUMN core.organization.is_demo IS 'A demo or test account. Leave these out of counts of agencies.';
COMMENT ON COLUMN core.organization.needs_review IS 'Whether a person should look before state or type is relied on.';
COMMENT ON COLUMN core.organization.review_reasons IS 'Why: state_unknown, state_ambiguous, type_unknown, type_weak, type_ambiguous.';
COMMENT ON COLUMN core.organization.alias_count IS 'Printed spellings of it.';

CREATE TABLE core.organization_alias (
    printed_name VARCHAR NOT NULL,
    org_id VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    is_in_log BOOLEAN NOT NULL,
    is_in_sharing_list BOOLEAN NOT NULL,
    is_in_release BOOLEAN NOT NULL
);
COMMENT ON TABLE core.organization_alias IS 'One printed spelling and the organization it stands for.';
COMMENT ON COLUMN core.organization_alias.printed_name IS 'As printed, with tags.';
COMMENT ON COLUMN core.organization_alias.org_id IS 'The organization (core.organization).';
COMMENT ON COLUMN core.organization_alias.rule_id IS 'alias.same_words: capitals, spaces, punctuation, tags, the place of the state code and usual short forms make no difference. alias.release_state: the same, with the state that the release states for its agency. alias.decided: a person said so (core.organization_decision).';
COMMENT ON COLUMN core.organization_alias.is_in_log IS 'Printed as the searching organization of an audit log.';
COMMENT ON COLUMN core.organization_alias.is_in_sharing_list IS 'Printed in a sharing list.';
COMMENT ON COLUMN core.organization_alias.is_in_release IS 'Named in release.toml, a file name or the title of a log.';

CREATE TABLE core.organization_assignment (
    printed_name VARCHAR NOT NULL,
    attribute VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    start_position INTEGER NOT NULL,
    end_position INTEGER NOT NULL,
    matched_text VARCHAR NOT NULL
);
COMMENT ON TABLE core.organization_assignment IS 'One thing that one rule (warehouse/rules/organizations.toml) read in one printed name. Of two states in one name both are here, and neither in core.organization.';
COMMENT ON COLUMN core.organization_assignment.printed_name IS 'The name, as printed.';
COMMENT ON COLUMN core.organization_assignment.attribute IS 'state, org_type, is_federal, is_inactive, is_deactivated or is_demo.';
COMMENT ON COLUMN core.organization_assignment.value IS 'What the rule made of it.';
COMMENT ON COLUMN core.organization_assignment.rule_id IS 'The rule.';
COMMENT ON COLUMN core.organization_assignment.start_position IS 'First character the rule rests on, from 0; 0 and end 0 where it rests on the release.';
COMMENT ON COLUMN core.organization_assignment.end_position IS 'Behind its last character.';
COMMENT ON COLUMN core.organization_assignment.matched_text IS 'Those characters.';

CREATE VIEW core.sharing_row_decided AS
SELECT
    r.row_id,
    r.document_id,
    r.segment_id,
    r.page_number,
    CASE WHEN s.standing IS NULL THEN r.organization ELSE s.decided_text END AS organization
FROM raw.sharing_row AS r
LEFT JOIN core.standing AS s
    ON s.target_kind = 'sharing_cell' AND s.target_id = r.row_id AND s.field = 'organization';
COMMENT ON VIEW core.sharing_row_decided IS 'One organization of a sharing list with its name as decided: what the registry of organizations is made of. raw.sharing_row keeps what was read.';
COMMENT ON COLUMN core.sharing_row_decided.row_id IS 'The row (raw.sharing_row).';
COMMENT ON COLUMN core.sharing_row_decided.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN core.sharing_row_decided.segment_id IS 'The segment (raw.segment).';
COMMENT ON COLUMN core.sharing_row_decided.page_number IS 'Page of the row, 1-based.';
COMMENT ON COLUMN core.sharing_row_decided.organization IS 'The name as printed, after the decisions. Null where blank, rejected or unreadable.';

CREATE VIEW core.organization_decision AS
SELECT
    sequence AS decision_number,
    decision_id,
    target_id AS org_id,
    CASE WHEN field = 'org_id' THEN seen_text END AS printed_name,
    field,
    CASE kind WHEN 'correct' THEN nullif(trim(value), '') WHEN 'accept' THEN nullif(trim(seen_text), '') END AS value,
    reason,
    who AS decided_by
FROM core.decision
WHERE target_kind = 'organization_attribute' AND kind <> 'undo' AND undone_by IS NULL;
COMMENT ON VIEW core.organization_decision IS 'What people decided about organizations and what still counts: apart from the rules, and reversible (an undo takes a decision back). Of several about one field the last one counts.';
COMMENT ON COLUMN core.organization_decision.decision_number IS 'Its number in the decision log.';
COMMENT ON COLUMN core.organization_decision.decision_id IS 'The decision (core.decision).';
COMMENT ON COLUMN core.organization_decision.org_id IS 'The organization it is about.';
COMMENT ON COLUMN core.organization_decision.printed_name IS 'For the field org_id: the spelling that stands for another organization than the rules say; else null.';
COMMENT ON COLUMN core.organization_decision.field IS 'organization, state, org_type, is_federal, is_inactive, is_deactivated or is_demo; or org_id, for what a spelling stands for.';
COMMENT ON COLUMN core.organization_decision.value IS 'What it is by that decision; null: not known. An accepted value is the one that was seen.';
COMMENT ON COLUMN core.organization_decision.reason IS 'Why, in the reviewer''s words.';
COMMENT ON COLUMN core.organization_decision.decided_by IS 'Who decided.';

CREATE TABLE core.producer_evidence (
    segment_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    evidence_text VARCHAR NOT NULL,
    page_number INTEGER,
    org_id VARCHAR,
    audit_kind VARCHAR
);
COMMENT ON TABLE core.producer_evidence IS 'One thing that says whose log a segment is. Several may disagree: then there is an issue, and no producer unless release.toml names one for the file.';
COMMENT ON COLUMN core.producer_evidence.segment_id IS 'The log (raw.segment).';
COMMENT ON COLUMN core.producer_evidence.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN core.producer_evidence.source IS 'file_hint (producer in release.toml), release (agency of a release it came in), file_name, title (printed on its first page), rows (the one organization in all its rows: weak, a network audit may hold one searcher).';
COMMENT ON COLUMN core.producer_evidence.rule_id IS 'The rule of warehouse/rules/organizations.toml, or the source where no pattern is needed.';
COMMENT ON COLUMN core.producer_evidence.evidence_text IS 'What it says, verbatim.';
COMMENT ON COLUMN core.producer_evidence.page_number IS 'Page of the title, 1-based; null otherwise.';
COMMENT ON COLUMN core.producer_evidence.org_id IS 'The organization it names; null where it only says which kind of log it is.';
COMMENT ON COLUMN core.producer_evidence.audit_kind IS 'organization or network, where it says so; else null.';

CREATE TABLE core.audit_log (
    segment_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    producer_id VARCHAR,
    producer_basis VARCHAR NOT NULL,
    audit_kind VARCHAR NOT NULL,
    audit_kind_basis VARCHAR NOT NULL,
    org_count INTEGER NOT NULL,
    searcher_id VARCHAR
);
COMMENT ON TABLE core.audit_log IS 'One audit log: whose it is, and whether it lists searches by that agency or by anybody who searched its cameras.';
COMMENT ON COLUMN core.audit_log.segment_id IS 'The log (raw.segment).';
COMMENT ON COLUMN core.audit_log.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN core.audit_log.producer_id IS 'The organization whose log it is; null where nothing says so or the evidence disagrees. Never the organization that searched.';
COMMENT ON COLUMN core.audit_log.producer_basis IS 'The source of core.producer_evidence that decided; disagree or none.';
COMMENT ON COLUMN core.audit_log.audit_kind IS 'organization (searches by the producer), network (searches by anybody that touched the producer''s cameras) or unknown.';
COMMENT ON COLUMN core.audit_log.audit_kind_basis IS 'file_name, title, rows (several organizations: network; only the producer: organization), disagree or none.';
COMMENT ON COLUMN core.audit_log.org_count IS 'Different organizations in its rows; 0 where it has no such column or prints none.';
COMMENT ON COLUMN core.audit_log.searcher_id IS 'The organization of rows in which none is printed: the producer, where file name or title say that the log is its organization audit and it has no column for the organization; else null.';

CREATE VIEW "out".organization AS
WITH said AS (
    SELECT target_id AS org_id,
        max(coalesce(decided_text, '')) FILTER (field = 'organization') AS organization,
        max(coalesce(decided_text, '')) FILTER (field = 'state') AS state,
        max(coalesce(decided_text, '')) FILTER (field = 'org_type') AS org_type,
        max(decided_text) FILTER (field = 'is_federal') AS is_federal,
        max(decided_text) FILTER (field = 'is_inactive') AS is_inactive,
        max(decided_text) FILTER (field = 'is_deactivated') AS is_deactivated,
        max(decided_text) FILTER (field = 'is_demo') AS is_demo
    FROM core.standing
    WHERE target_kind = 'organization_attribute' AND standing <> 'stale'
    GROUP BY target_id
),
stands AS (
    SELECT target_id AS org_id, list_extract(['stale', 'rejected', 'unreadable', 'corrected', 'accepted'], min(list_position(['stale', 'rejected', 'unreadable', 'corrected', 'accepted'], standing))) AS standing
    FROM core.standing
    WHERE target_kind = 'organization_attribute'
    GROUP BY target_id
)
SELECT
    o.org_id,
    coalesce(nullif(said.organization, ''), o.organization) AS organization,
    CASE WHEN said.state IS NULL THEN o.state ELSE nullif(said.state, '') END AS state,
    coalesce(nullif(said.org_type, ''), CASE WHEN said.org_type IS NULL THEN o.org_type ELSE 'unknown' END) AS org_type,
    coalesce(try_cast(said.is_federal AS BOOLEAN), o.is_federal) AS is_federal,
    coalesce(try_cast(said.is_inactive AS BOOLEAN), o.is_inactive) AS is_inactive,
    coalesce(try_cast(said.is_deactivated AS BOOLEAN), o.is_deactivated) AS is_deactivated,
    coalesce(try_cast(said.is_demo AS BOOLEAN), o.is_demo) AS is_demo,
    list_filter(o.review_reasons, lambda why:
        NOT (starts_with(why, 'state') AND said.state IS NOT NULL)
        AND NOT (starts_with(why, 'type') AND said.org_type IS NOT NULL)) AS review_reasons,
    len(list_filter(o.review_reasons, lambda why:
        NOT (starts_with(why, 'state') AND said.state IS NOT NULL)
        AND NOT (starts_with(why, 'type') AND said.org_type IS NOT NULL))) > 0 AS needs_review,
    o.alias_count,
    coalesce(stands.standing, 'machine') AS standing
FROM core.organization AS o
LEFT JOIN said ON said.org_id = o.org_id
LEFT JOIN stands ON stands.org_id = o.org_id;
COMMENT ON VIEW "out".organization IS 'One organization, with what people decided about it. State and type are read from the name: count what needs review apart, and leave demo accounts out.';
COMMENT ON COLUMN "out".organization.org_id IS 'The organization; the same in every build.';
COMMENT ON COLUMN "out".organization.organization IS 'Its name without tags.';
COMMENT ON COLUMN "out".organization.state IS 'Code of its US state; null where the name does not tell it.';
COMMENT ON COLUMN "out".organization.org_type IS 'police, sheriff, state_police, state_agency, federal, school_district, campus, tribal, fire, corrections, prosecutor, constable, marshal, local_government, private, task_force, transit, demo or unknown.';
COMMENT ON COLUMN "out".organization.is_federal IS 'Tagged as federal, or named as a federal agency. False does not mean that nobody federal searched through it.';
COMMENT ON COLUMN "out".organization.is_inactive IS 'Tagged as inactive in at least one spelling.';
COMMENT ON COLUMN "out".organization.is_deactivated IS 'Tagged as deactivated or turned off in at least one spelling.';
COMMENT ON COLUMN "out".organization.is_demo IS 'A demo or test account: leave it out of counts.';
COMMENT ON COLUMN "out".organization.review_reasons IS 'What nobody has decided yet: state_unknown, state_ambiguous, type_unknown, type_weak, type_ambiguous.';
COMMENT ON COLUMN "out".organization.needs_review IS 'Whether there is any.';
COMMENT ON COLUMN "out".organization.alias_count IS 'Printed spellings of it (core.organization_alias).';
COMMENT ON COLUMN "out".organization.standing IS 'machine: as the rules read it. Else the first of these that one of its fields has: stale (the rules say something else than a reviewer saw; their word is shown), rejected, unreadable, corrected, accepted; core.standing has each.';

CREATE VIEW "out".audit_search_organization AS
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
FROM core.audit_search AS s
JOIN core.document_source AS source ON source.document_id = s.document_id
LEFT JOIN core.audit_log AS log ON log.segment_id = s.segment_id
LEFT JOIN "out".organization AS producer ON producer.org_id = s.producer_id
LEFT JOIN "out".organization AS searcher ON searcher.org_id = s.org_id;
COMMENT ON VIEW "out".audit_search_organization IS 'Who searched whose cameras: one printed row with the searching organization and the producer. The two are never the same thing: in a network audit they differ in almost every row. Rows, not searches.';
COMMENT ON COLUMN "out".audit_search_organization.row_id IS 'The printed row; joins out.audit_search.';
COMMENT ON COLUMN "out".audit_search_organization.document_id IS 'SHA-256 of the document.';
COMMENT ON COLUMN "out".audit_search_organization.audit_kind IS 'organization (searches by the producer), network (searches by anybody) or unknown.';
COMMENT ON COLUMN "out".audit_search_organization.audit_kind_basis IS 'What says so: file_name, title, rows, disagree or none.';
COMMENT ON COLUMN "out".audit_search_organization.producer_id IS 'The organization whose log it is.';
COMMENT ON COLUMN "out".audit_search_organization.producer IS 'Its name; null where nothing says whose log it is, or the evidence disagrees.';
COMMENT ON COLUMN "out".audit_search_organization.producer_state IS 'Its state.';
COMMENT ON COLUMN "out".audit_search_organization.producer_type IS 'Its type.';
COMMENT ON COLUMN "out".audit_search_organization.producer_basis IS 'What says whose log it is.';
COMMENT ON COLUMN "out".audit_search_organization.org_id IS 'The organization that searched.';
COMMENT ON COLUMN "out".audit_search_organization.org_basis IS 'printed in the row, or organization_audit: the log has no such column and is named an organization audit of its producer. Null where not known.';
COMMENT ON COLUMN "out".audit_search_organization.searching_organization IS 'Its name; null where masked, not exported or not known.';
COMMENT ON COLUMN "out".audit_search_organization.searching_state IS 'Its state; null where the name does not tell it.';
COMMENT ON COLUMN "out".audit_search_organization.searching_type IS 'Its type.';
COMMENT ON COLUMN "out".audit_search_organization.is_federal IS 'Whether it is tagged or named as federal; null where not known who searched.';
COMMENT ON COLUMN "out".audit_search_organization.is_inactive IS 'Whether it is tagged as inactive.';
COMMENT ON COLUMN "out".audit_search_organization.is_deactivated IS 'Whether it is tagged as deactivated.';
COMMENT ON COLUMN "out".audit_search_organization.is_demo IS 'Whether it is a demo account.';
COMMENT ON COLUMN "out".audit_search_organization.needs_review IS 'Whether its state or type is in doubt.';
COMMENT ON COLUMN "out".audit_search_organization.searched_datetime IS 'When it was searched, naive UTC.';
COMMENT ON COLUMN "out".audit_search_organization.reason_category IS 'Label of the drop-down list, if any.';
COMMENT ON COLUMN "out".audit_search_organization.is_first_in_log IS 'Whether it stands for its search in this log: count these for searches in one log.';
COMMENT ON COLUMN "out".audit_search_organization.is_first_across IS 'Whether it stands for its search in all logs: count these for searches across logs.';
COMMENT ON COLUMN "out".audit_search_organization.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".audit_search_organization.trace_url IS 'Path of the row on the review page.';
