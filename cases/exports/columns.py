"""The columns that can be taken out, by the kind of row: those of the plain addresses, then more.

In the SQL, `c` is the case, `r` its review, `i` the item or, where a row is a case, what its items
come to, `t` the item's treatment, `x` the citation and `g` its guideline.
"""

from typing import NamedTuple

from django.conf import settings


class Column(NamedTuple):
    """One value of a row.

    `key` names it in JSON and in what people have chosen. `guarded`: its text comes out of a
    letter, so a CSV must not let it begin a formula. `type` is PostgreSQL's, for typed cells.
    `json` is its SQL in JSON where that is not the cell's; `nested` ones stand in JSON alone.
    """

    key: str
    heading: str
    sql: str
    guarded: bool = False
    type: str = "text"
    json: str = ""
    nested: bool = False


def _list(key: str, heading: str, column: str) -> Column:
    sql = f"array_to_string({column}, '; ')"
    return Column(key, heading, sql, guarded=True, json=column)


def _date(key: str, heading: str, sql: str) -> Column:
    return Column(key, heading, sql, type="date")


def _number(key: str, heading: str, sql: str) -> Column:
    return Column(key, heading, sql, type="int8")


def _letters(key: str, heading: str, sql: str) -> Column:
    return Column(key, heading, sql, guarded=True)


OUTCOME = """CASE WHEN i.unread > 0 OR i.total = 0 THEN NULL
    WHEN i.overturned = 0 THEN 'upheld' WHEN i.upheld = 0 THEN 'overturned'
    ELSE 'partially overturned' END"""
SENTENCES = "ARRAY(SELECT flag ->> 'sentence' FROM jsonb_array_elements({}) flag)"
NOTICES = f"nullif(array_to_string({SENTENCES.format('x.notices')}, '; '), '')"

CITATIONS_JSON = """SELECT coalesce(json_agg(json_build_object('side', x.side, 'source', x.source,
    'guideline', x.guideline_id, 'title', x.title, 'year', x.year, 'sections', x.sections,
    'printed_pages', x.printed_pages, 'pages', x.pages) ORDER BY x.side, x.position), '[]')
    FROM reviews_citation x WHERE x.item_id = {}"""
ITEMS_JSON = f"""(SELECT coalesce(json_agg(json_build_object('item', d.position,
    'service', d.service, 'outcome', nullif(d.outcome, ''), 'category', d.category,
    'treatment', d.treatment_id, 'requested', d.requested, 'authorized', d.authorized,
    'disputed', d.disputed, 'administrator_basis', d.administrator_basis,
    'expert_basis', d.expert_basis, 'rationale', d.rationale,
    'citations', ({CITATIONS_JSON.format("d.id")})) ORDER BY d.position), '[]')
    FROM reviews_disputeditem d WHERE d.review_id = c.review_id)"""

CASE = _letters("case", "Case", "c.name")
WORKER = [
    _number("age", "Worker's age", "r.age"),
    Column("sex", "Worker's sex", "r.sex"),
    _date("date_of_injury", "Date of injury", "r.date_of_injury"),
]
DECIDED = _date("decision_date", "Decision date", "r.decision_date")
COURSE = [
    _date("ur_denial_date", "UR denial date", "r.ur_denial_date"),
    _date("date_assigned", "Date assigned", "r.date_assigned"),
    _date("application_received", "Application received", "r.application_received"),
    Column("priority", "Priority", "r.priority"),
    _list("licensed_in", "Reviewer licensed in", "r.licensed_in"),
    _list("specialties", "Reviewer's specialties", "r.specialties"),
    _list("diagnoses", "Diagnoses", "r.diagnoses"),
]
SUMMARY = _letters("clinical_summary", "Clinical case summary", "r.clinical_summary")
CHECKS = Column(
    "checks",
    "To check",
    "r.checks",
    guarded=True,
    json=f"CASE WHEN r.flagged THEN {SENTENCES.format('r.flags')} ELSE '{{}}' END",
)
FILE = _letters("file", "File", "r.file")
TOLD = [
    _letters("mechanism", "Mechanism of injury", "r.mechanism"),
    _letters("treatment_to_date", "Treatment to date", "r.treatment_to_date"),
]
DEADLINE = "(SELECT due_on FROM cases_deadline d WHERE d.case_id = c.id AND d.kind = '{}')"
ASKED = [
    _date("authorize_by", "Authorize by", DEADLINE.format("authorize")),
    _date("reimburse_by", "Reimburse by", DEADLINE.format("reimburse")),
    _date(
        "received_on",
        "Determination received",
        "(SELECT received_on FROM cases_receipt d WHERE d.case_id = c.id)",
    ),
]
CHECKED = "FROM cases_checked d WHERE d.case_id = c.id AND d.state = 'stands'"
HANDLED = [
    _date(
        "checked_on",
        "Checked on",
        f"(SELECT (max(made_at) AT TIME ZONE '{settings.TIME_ZONE}')::date {CHECKED})",
    ),
    _letters(
        "checked_by",
        "Checked by",
        f"(SELECT username FROM auth_user WHERE id = (SELECT made_by_id {CHECKED} "
        "ORDER BY d.id DESC LIMIT 1))",
    ),
    _letters(
        "assigned_to",
        "Assigned to",
        "(SELECT username FROM auth_user WHERE id = (SELECT to_id FROM cases_assignment d "
        "WHERE d.case_id = c.id ORDER BY d.id DESC LIMIT 1))",
    ),
    _number(
        "corrections",
        "Values corrected",
        "(SELECT count(*) FROM cases_correction d JOIN cases_reading h "
        "ON h.letter_id = d.letter_id AND h.part = d.part WHERE h.review_id = c.review_id "
        "AND d.state IN ('applied', 'confirmed', 'lost'))",
    ),
]
KEYS = [
    _number("case_key", "Case key", "c.id"),
    Column("reader_version", "Reader version", "r.reader_version"),
]
ITEM = [
    _number("item", "Item", "i.position"),
    _letters("service", "Disputed item", "i.service"),
    Column("outcome", "Outcome", "i.outcome"),
    Column("category", "Category", "i.category"),
    Column("treatment", "Treatment", "t.name"),
    Column("treatment_class", "Treatment class", "t.treatment_class"),
]
AMOUNTS = [
    _letters("requested", "Requested", "i.requested"),
    _letters("authorized", "Authorized", "i.authorized"),
    _letters("disputed", "Remaining in dispute", "i.disputed"),
]
BASES = [
    Column("administrator_basis", "Claims administrator's basis", "i.administrator_basis"),
    _letters(
        "administrator_guidelines", "Claims administrator's guidelines", "i.administrator_cites"
    ),
    Column("expert_basis", "Expert's basis", "i.expert_basis"),
    _letters("expert_guidelines", "Expert's guidelines", "i.expert_cites"),
]
RATIONALE = _letters("rationale", "Rationale", "i.rationale")

# The columns of /cases/export.csv, /cases/items.csv and /cases/citations.csv: others read these
# files by machine, so what is new goes into the lists of more.
CASE_COLUMNS = [
    CASE,
    *WORKER,
    DECIDED,
    *COURSE,
    Column("outcome", "Outcome", OUTCOME),
    _number("items", "Items", "i.total"),
    _number("items_upheld", "Items upheld", "i.upheld"),
    _number("items_overturned", "Items overturned", "i.overturned"),
    _letters("services", "Disputed items", "i.services"),
    BASES[1],
    BASES[3],
    SUMMARY,
    CHECKS,
    FILE,
]
ITEM_COLUMNS = [CASE, *WORKER, DECIDED, *ITEM, *AMOUNTS, *BASES, RATIONALE, CHECKS, FILE]
CITATION_COLUMNS = [
    CASE,
    DECIDED,
    *ITEM,
    Column("side", "Cited by", "x.side"),
    _number("citation", "Citation", "x.position"),
    Column("source", "Source", "x.source"),
    Column("guideline", "Guideline", "g.title"),
    _letters("title", "Title as printed", "x.title"),
    _number("year", "Year", "x.year"),
    _list("sections", "Sections", "x.sections"),
    _letters("printed_pages", "Pages as printed", "x.printed_pages"),
    Column("pages", "Pages", "array_to_string(x.pages, '; ')", json="x.pages"),
    Column("notices", "Notices", NOTICES, guarded=True, json=SENTENCES.format("x.notices")),
    FILE,
]
MORE_CASE_COLUMNS = [
    *TOLD,
    *ASKED,
    *HANDLED,
    *KEYS,
    Column("disputed_items", "Items with their citations", "NULL", json=ITEMS_JSON, nested=True),
]
MORE_ITEM_COLUMNS = [
    *COURSE,
    SUMMARY,
    *TOLD,
    _letters("administrator_text", "Claims administrator's words", "i.administrator_text"),
    _letters("expert_text", "Expert's words", "i.expert_text"),
    Column("details", "Details", "i.details::text", guarded=True, json="i.details"),
    *ASKED,
    *HANDLED,
    *KEYS,
    Column(
        "citations",
        "Its citations, one by one",
        "NULL",
        json=f"({CITATIONS_JSON.format('i.id')})",
        nested=True,
    ),
]
MORE_CITATION_COLUMNS = [
    *WORKER,
    *COURSE,
    *AMOUNTS,
    *BASES,
    RATIONALE,
    Column("guideline_key", "Guideline key", "x.guideline_id"),
    CHECKS,
    *ASKED,
    *HANDLED,
    *KEYS,
]
