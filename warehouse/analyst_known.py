"""The plates and accounts that a build knows, to be found again in texts: set-based, in DuckDB, never as a Python list.

``known_value`` (kind, text, key): every distinct plate and account as printed, decided, read by any reader, or shown on
a page, and the names of reviewers. Left out are those that say nothing: fewer than four letters, numbers of fewer than
five digits, marks such as ``REDACTED``.

A **key** is what a value is found by, whatever stands between its words and whatever its capitals. Of plates, and of
accounts with a digit, ``=`` and all letters and digits in one: ``=9aaa999`` is found in `9AAA-999` and in
`california9AAA999`. Of other accounts a space and the words, in either order: `` j smith`` is found in `J. Smith`, but
not in "Port J Smithville".

``known_in_label``: keys that are looked for in names of organizations, files and lists; not those made of plain words
only, nor those that are part of an organization's name ("Austin", "Example County SO").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
from duckdb.func import ARROW

from warehouse.analyst_columns import markers, over_column
from warehouse.analyst_words import MOST_WORDS, folded, plain_words, words_of
from warehouse.flat import registered
from warehouse.search_rules import offense_categories, quoted

_FOLDED = "(CASE WHEN regexp_full_match({0}, '[[:ascii:]]*') THEN lower({0}) ELSE folded({0}) END)"
"""As :func:`warehouse.analyst_words.words_of` folds a text; the slow way is for the few texts that need it."""
_WORDS = r"regexp_extract_all({}, '[\p{{L}}\p{{N}}]+')"
_IDS = (
    r"\b(?:[0-9a-f]{64}|[0-9a-f]{16}-(?:p\d{5,}(?:-[rm]\d{3,}|-list)?|s\d+)|[oid]-[0-9a-f]{16}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b"
)

_PLATES = """
    SELECT license_plate AS text FROM whole.core.audit_search WHERE license_plate_state IN ('value', 'partial')
    UNION ALL SELECT license_plate FROM whole.core.decided_row
    UNION ALL SELECT license_plate FROM whole.raw.audit_row WHERE row_id IN (SELECT row_id FROM whole.core.decided_row)
    UNION ALL SELECT text FROM whole.raw.reading WHERE field = 'license_plate'
    UNION ALL SELECT unnest([seen_text, value]) FROM whole.core.decision WHERE field = 'license_plate'"""
_ACCOUNTS = """
    SELECT name AS text FROM whole.core.audit_search WHERE name_state IN ('value', 'partial')
    UNION ALL SELECT name FROM whole.core.decided_row
    UNION ALL SELECT name FROM whole.raw.audit_row WHERE row_id IN (SELECT row_id FROM whole.core.decided_row)
    UNION ALL SELECT text FROM whole.raw.reading WHERE field = 'name'
    UNION ALL SELECT unnest([seen_text, value]) FROM whole.core.decision WHERE field = 'name'
    UNION ALL SELECT who FROM whole.core.decision
    UNION ALL SELECT unnest([text, value]) FROM whole.raw.page_fact WHERE fact = 'account'"""


def collect_known(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Make ``known_value`` and ``known_in_label`` from the warehouse attached as ``whole``.

    The keys of accounts that are made of plain words, such as "May, Grant": to be hidden in free text, which plain
    words pass.
    """
    connection.create_function("folded", over_column(folded), ["VARCHAR"], "VARCHAR", type=ARROW)
    pieces = r"unnest(list_append(string_split_regex(text, '[,;|/\n]'), text))"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE known_value AS
        WITH printed AS (
            SELECT DISTINCT 'plate' AS kind, {pieces} AS text FROM ({_PLATES}) WHERE text IS NOT NULL
            UNION ALL SELECT DISTINCT 'account', text FROM ({_ACCOUNTS}) WHERE text IS NOT NULL),
        worded AS (
            SELECT kind, text, {_words("text")} AS words, array_to_string(words, '') AS joined
            FROM printed WHERE NOT regexp_matches(text, {markers()})),
        keyed AS (
            SELECT kind, text, unnest(CASE
                WHEN kind = 'plate' OR regexp_matches(joined, '\\d') THEN ['=' || joined]
                ELSE [' ' || array_to_string(words, ' '), ' ' || array_to_string(list_reverse(words), ' ')] END) AS key
            FROM worded
            WHERE len(joined) BETWEEN CASE WHEN regexp_full_match(joined, '\\d*') THEN 5 ELSE 4 END AND 60)
        SELECT kind, key, any_value(text) AS text FROM keyed GROUP BY kind, key"""
    )
    plain = [(word,) for word in sorted(plain_words())]
    with registered(connection, "given_plain", {"word": "string"}, plain):
        connection.execute("CREATE OR REPLACE TEMP TABLE plain_word AS SELECT word FROM given_plain")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE organization_key AS
        WITH named AS (
            SELECT {_words("a.printed_name")} AS words FROM whole.core.organization_alias AS a
            JOIN whole.core.organization AS o ON o.org_id = a.org_id WHERE o.org_type <> 'unknown')
        SELECT unnest(['=' || word, ' ' || word]) AS key FROM (SELECT DISTINCT unnest(words) AS word FROM named)
        UNION SELECT unnest(['=' || array_to_string(words, ''), ' ' || array_to_string(words, ' ')]) FROM named"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE plain_value AS
        SELECT kind, text, key, count(*) AS word_count
        FROM (SELECT kind, text, key, unnest({_words("text")}) AS word FROM known_value)
        GROUP BY kind, text, key HAVING bool_and(word IN (SELECT word FROM plain_word))"""
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE known_in_label AS
        SELECT DISTINCT key FROM known_value
        WHERE key NOT IN (SELECT key FROM organization_key) AND key NOT IN (SELECT key FROM plain_value)"""
    )
    # One plain word alone is no name: the account "Dispatch", or a reason in a shifted column.
    names = connection.execute(
        "SELECT key FROM plain_value WHERE kind = 'account' AND word_count BETWEEN 2 AND ?", [MOST_WORDS]
    ).fetchall()
    return frozenset(key for (key,) in names) - {" " + " ".join(words_of(label)) for label in offense_categories()}


def _words(text: str) -> str:
    return _WORDS.format(_FOLDED.format(text))


def texts_of(relation: str, columns: Mapping[str, str]) -> str:
    """A query for every text in *columns* (name -> type) of *relation*, one look at it; its column is ``text``."""
    lists = [name if data_type.endswith("[]") else f"[{name}]" for name, data_type in columns.items()]
    return f"SELECT DISTINCT unnest(flatten([{', '.join(lists)}])) AS text FROM {relation}"


def find_known(connection: duckdb.DuckDBPyConnection, queries: Iterable[str]) -> None:
    """Make ``known_hit`` (text, key): what of ``known_in_label`` stands in texts. *queries*: of :func:`texts_of`."""
    without_ids = f"regexp_replace(replace({_FOLDED.format('text')}, '_', ' '), {quoted(_IDS)}, ' ', 'g')"
    connection.execute("CREATE OR REPLACE TEMP TABLE looked_at (text VARCHAR)")
    for query in queries:  # one by one: views are large, and all of them in one query would need memory at once
        connection.execute(f"INSERT INTO looked_at {query}")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE known_hit AS
        WITH worded AS (
            SELECT text, {_WORDS.format(without_ids)} AS words
            FROM (SELECT DISTINCT text FROM looked_at WHERE text IS NOT NULL)),
        counted AS (SELECT text, words, unnest(range(1, least({MOST_WORDS}, len(words)) + 1)) AS n FROM worded),
        run AS (
            SELECT text, unnest([words[i:i + n - 1] FOR i IN range(1, len(words) - n + 2)]) AS words FROM counted),
        long AS (
            SELECT DISTINCT text, word FROM (SELECT text, unnest(words) AS word FROM worded)
            WHERE len(word) > 5 AND regexp_matches(word, '\\d')),
        sized AS (SELECT text, word, unnest(range(5, least(10, len(word)) + 1)) AS n FROM long),
        keyed AS (
            SELECT text, '=' || array_to_string(words, '') AS key FROM run
            UNION ALL SELECT text, ' ' || array_to_string(words, ' ') FROM run
            UNION ALL
            SELECT text, unnest(['=' || substr(word, i, n) FOR i IN range(1, len(word) - n + 2)]) FROM sized)
        SELECT DISTINCT text, key FROM keyed WHERE key IN (SELECT key FROM known_in_label)"""
    )
