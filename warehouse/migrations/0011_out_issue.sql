-- Doubts for people who count: which rows, marks and documents have one, and whether somebody settled it.

CREATE VIEW "out".issue AS
WITH settled AS (
    SELECT DISTINCT target_id, field
    FROM core.standing
    WHERE standing IN ('accepted', 'corrected', 'rejected', 'unreadable') AND NOT is_conflict
)
SELECT
    i.issue_id,
    i.stage,
    i.code,
    i.severity,
    i.severity <> 'notice' AND s.target_id IS NULL AS is_open,
    i.release_id,
    i.document_id,
    i.page_number,
    i.row_id,
    i.mark_id,
    i.field
FROM core.issue AS i
LEFT JOIN settled AS s ON s.target_id = coalesce(i.row_id, i.mark_id) AND s.field = i.field;
COMMENT ON VIEW "out".issue IS 'One thing that was not read, not understood or contradictory, and whether it still is open. docs/errors.md says what the codes mean and what to do; the words about one case are in core.issue.';
COMMENT ON COLUMN "out".issue.issue_id IS 'Its id; the same issue has the same id in the next snapshot.';
COMMENT ON COLUMN "out".issue.stage IS 'Where it was noticed.';
COMMENT ON COLUMN "out".issue.code IS 'What it is, in one word (docs/errors.md).';
COMMENT ON COLUMN "out".issue.severity IS 'error: something printed is not in the values. doubt: a value may be wrong. notice: good to know.';
COMMENT ON COLUMN "out".issue.is_open IS 'Whether it is an error or a doubt, and no reviewer has decided on the field of the row or mark it names.';
COMMENT ON COLUMN "out".issue.release_id IS 'The release it is about; null where it is about a document.';
COMMENT ON COLUMN "out".issue.document_id IS 'The document it is about.';
COMMENT ON COLUMN "out".issue.page_number IS 'The page, where it is about one.';
COMMENT ON COLUMN "out".issue.row_id IS 'The row, where it is about one; null where it is about a whole page or document.';
COMMENT ON COLUMN "out".issue.mark_id IS 'The mark, where it is about one.';
COMMENT ON COLUMN "out".issue.field IS 'The field, where it is about one.';

CREATE VIEW "out".sharing_organization AS
SELECT
    s.row_id,
    s.list_id,
    s.agency,
    s.organization AS printed_organization,
    s.direction,
    o.org_id,
    o.organization,
    o.state,
    o.org_type,
    o.is_federal,
    o.is_inactive,
    o.is_deactivated,
    o.is_demo,
    o.needs_review,
    s.as_of_date,
    s.issue_count,
    s.citation,
    s.trace_url
FROM "out".sharing AS s
LEFT JOIN (
    SELECT printed_name, arg_min(org_id, struct_pack(stated := rule_id = 'alias.release_state', id := org_id)) AS org_id
    FROM core.organization_alias
    GROUP BY printed_name
) AS a ON a.printed_name = s.organization
LEFT JOIN "out".organization AS o ON o.org_id = a.org_id;
COMMENT ON VIEW "out".sharing_organization IS 'One organization of a sharing list with what is registered of it: type, state, whether it is federal. It appears in the list; that it ever searched is another matter.';
COMMENT ON COLUMN "out".sharing_organization.row_id IS 'The entry (out.sharing).';
COMMENT ON COLUMN "out".sharing_organization.list_id IS 'The list it stands in.';
COMMENT ON COLUMN "out".sharing_organization.agency IS 'The agency whose list it is.';
COMMENT ON COLUMN "out".sharing_organization.printed_organization IS 'Its name as printed in the list, or as a reviewer corrected it.';
COMMENT ON COLUMN "out".sharing_organization.direction IS 'Who shares with whom, seen from the agency whose list it is: shared_with_me, sharing_to, both; unknown where the list does not say.';
COMMENT ON COLUMN "out".sharing_organization.org_id IS 'The organization in the registry (out.organization); null where the name is none.';
COMMENT ON COLUMN "out".sharing_organization.organization IS 'Its registered name.';
COMMENT ON COLUMN "out".sharing_organization.state IS 'Its state by its name, or as decided.';
COMMENT ON COLUMN "out".sharing_organization.org_type IS 'Its type by its name, or as decided.';
COMMENT ON COLUMN "out".sharing_organization.is_federal IS 'Whether it is marked or named as federal, or decided to be.';
COMMENT ON COLUMN "out".sharing_organization.is_inactive IS 'Whether its name is marked inactive.';
COMMENT ON COLUMN "out".sharing_organization.is_deactivated IS 'Whether its name is marked deactivated or turned off.';
COMMENT ON COLUMN "out".sharing_organization.is_demo IS 'Whether it is a demonstration or test account: leave it out of counts.';
COMMENT ON COLUMN "out".sharing_organization.needs_review IS 'Whether a rule was not sure of its state or type.';
COMMENT ON COLUMN "out".sharing_organization.as_of_date IS 'The day the list shows.';
COMMENT ON COLUMN "out".sharing_organization.issue_count IS 'Issues about the entry.';
COMMENT ON COLUMN "out".sharing_organization.citation IS 'Agency, request number, production date, file, page, row and SHA-256 in one line.';
COMMENT ON COLUMN "out".sharing_organization.trace_url IS 'Its page, on the review page.';

CREATE VIEW "out".rule_set_term AS
SELECT rule_set_id, term, title, source
FROM core.rule_set_term;
COMMENT ON VIEW "out".rule_set_term IS 'One term of a published count, so that a term without a hit has a line too (out.rule_set_hit).';
COMMENT ON COLUMN "out".rule_set_term.rule_set_id IS 'The published count.';
COMMENT ON COLUMN "out".rule_set_term.term IS 'The term.';
COMMENT ON COLUMN "out".rule_set_term.title IS 'What was counted.';
COMMENT ON COLUMN "out".rule_set_term.source IS 'Where it was published.';
