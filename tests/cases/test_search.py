"""Search: what each way of asking finds, where the words stand, and what an empty list says."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import counting, filters, sampling, searching
from cases.advice import Advice, advice
from cases.counting import Count
from cases.facets import Facet, facets_at_once, facets_of
from cases.filters import CaseFilter
from cases.models import Case, Letter
from cases.passages import Passage, passages_of
from cases.sampling import Sample, surely, surely_in
from cases.spelling import meant
from cases.terms import LONGEST, asked
from reviews.models import Review, Word
from tests.letters import MTUS, item, letter

Take = Callable[..., Letter]

ODG = (
    "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Pain (Chronic), "
    "Topical analgesics."
)


@pytest.fixture
def letters(take: Take) -> None:
    take(
        letter(
            "CM17-9000001",
            (item("Hydrocodone/acetaminophen 7.5/325mg #60", rationale="Not weaned off opioids."),),
            summary="The worker is a 44 year old female. Knee pain.The brace slips.",
        )
    )
    take(
        letter(
            "CM17-9000002",
            (
                item("Lidoderm patch 5%", administrator=MTUS, expert=ODG),
                item("X-ray of the left knee", rationale="Left without plan, the knee heals."),
            ),
            summary="The injured worker is a 30 year old male who takes carisoprodol at night.",
        )
    )
    take(
        letter(
            "CM16-9000001",
            (item("Physical therapy, 8 visits"),),
            summary="The injured worker is a 51 year old male. The left ankle has been braced.",
        )
    )


def found(typed: str, **others: str) -> list[str]:
    filtered = _filter(typed, **others)
    assert filtered.is_valid(), filtered.form.errors
    return sorted(case.name for case in filtered.qs)


def _filter(typed: str, **others: str) -> CaseFilter:
    query = QueryDict(mutable=True)
    query.update({"q": typed, **others})
    return CaseFilter(query)


@pytest.mark.parametrize(
    ("typed", "websearch"),
    [
        ("knee brace", '"knee" "brace"'),
        ('"knee brace" -surgery', '"knee brace" -"surgery"'),
        ("norco OR vicodin", '"norco" or "vicodin"'),
        ('norco "or" vicodin', '"norco" "or" "vicodin"'),
        # no quotation mark, bracket or sign reaches PostgreSQL's parser but as meant
        ('"knee brace', '"knee brace"'),
        ('knee" brace', '"knee" "brace"'),
        ("x-ray PT/OT knee.The", '"x ray" "PT OT" "knee The"'),
        ("7.5mg 9792.24.2 worker's", '"7 5mg" "9792 24 2" "worker s"'),
        ("-", ""),
        ("!!! | & <-> :*", ""),
        ('""', ""),
        ("or", "or"),
        ("- knee", '"knee"'),
        ("--knee", '-"knee"'),
        ("köln 5µg", '"köln" "5µg"'),
    ],
)
def test_what_is_typed_is_taken_apart(typed: str, websearch: str) -> None:
    assert asked(typed).websearch == websearch


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("CM17", "CM17"),
        ("cm17-90", "CM17-90"),
        ("CM17 9000001", "CM17-9000001"),
        ("cm179000001", "CM17-9000001"),
        ("9000001", ""),
        ("CM17-9000001 knee", ""),
    ],
)
def test_the_beginning_of_a_number_is_known(typed: str, begins: str) -> None:
    assert asked(typed).number_start == begins


ONE, TWO, OLD = "CM17-9000001", "CM17-9000002", "CM16-9000001"


@pytest.mark.parametrize(
    ("typed", "cases"),
    [
        ("cm17", [ONE, TWO]),
        ("CM17-9000002", [TWO]),
        ("cm17 9000002", [TWO]),
        ("9000001", [OLD, ONE]),
        ("16-90", [OLD]),
        ("0002", [TWO]),
        ("CM17-9000001 or CM16-9000001", [OLD, ONE]),
        ("CM17-9000001 opioids", [ONE]),
        ("CM17-9000001 ankle", []),
        # words inside what PostgreSQL would take for one: a path, a host, a number with a sign
        ("acetaminophen", [ONE]),
        ("hydrocodone/acetaminophen", [ONE]),
        ("325mg", [ONE]),
        ("7.5/325mg", [ONE]),
        ("7.5", [ONE]),
        ("worker's", [OLD, ONE, TWO]),
        ("brace", [OLD, ONE]),
        ("pain", [ONE, TWO]),
        ("x-ray", [TWO]),
        ("x ray", [TWO]),
        # citations: title in the catalogue, section as printed, source
        ("topical analgesics", [TWO]),
        ("odg", [TWO]),
        ('"low back"', [OLD, ONE, TWO]),
        ("physical methods -lidoderm", [OLD, ONE]),
        # words, rows, either, without
        ("left knee", [TWO]),
        ('"left knee"', [TWO]),
        ('"knee left"', []),
        ("opioids or ankle", [OLD, ONE]),
        ("-opioids", [OLD, TWO]),
        ("male -ankle", [TWO]),
        ("tramadol", []),
        # nothing to look for
        ("the of", []),
        ("%", []),
        ("_______", []),
        ("!!! | & :* <->", []),
        ('"', []),
        ("or", []),
        ("'; DROP TABLE x; --", []),
        ("(knee", [ONE, TWO]),
    ],
)
def test_finds(letters: None, typed: str, cases: list[str]) -> None:
    assert found(typed) == cases


def test_other_filters_hold_as_well(letters: None) -> None:
    assert found("knee", age_min="40") == [ONE]
    assert found("knee", item_outcome="overturned") == []


@pytest.mark.parametrize(
    ("query", "crowd"),
    [("q=knee", True), ("q=knee&sort=age", True), ("q=absent", False), ("q=knee&sex=male", False)],
)
def test_a_crowd_is_not_counted_again(
    letters: None, monkeypatch: pytest.MonkeyPatch, query: str, crowd: bool
) -> None:
    monkeypatch.setattr(searching, "MANY", 1)
    monkeypatch.setattr(counting, "MOST", 1)
    filtered = CaseFilter(QueryDict(query))
    assert len(filtered.qs) == (0 if query == "q=absent" else 1 if "male" in query else 2)
    assert filtered.crowd is crowd


@pytest.mark.parametrize("query", ["q=knee", "q=knee&sex=male", "q=CM+knee", 'q="left+knee"'])
def test_common_words_are_not_gathered_and_find_the_same(
    letters: None, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    few = list(CaseFilter(QueryDict(query)).qs)
    monkeypatch.setattr(sampling, "words", lambda search: Sample(30_000, 500, 499, 500))
    filtered = CaseFilter(QueryDict(query))
    assert list(filtered.qs) == few
    assert filtered.crowd is (query != "q=knee&sex=male")


@pytest.fixture
def many_to_look_through(letters: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were thousands of letters, of which pages look through the latest alone."""
    monkeypatch.setattr(sampling, "words", lambda search: Sample(30_000, 500, 4, 490))
    monkeypatch.setattr(searching, "LOOKED_THROUGH", 1)
    monkeypatch.setattr(filters, "LOOKED_THROUGH", 1)
    Case.objects.filter(name=TWO).update(decided_on="2017-03-01")
    Case.objects.filter(name=OLD).update(decided_on="2015-03-01")
    cache.clear()


ROW = 'q="low+back"'


@pytest.mark.parametrize(
    ("query", "looked", "cases", "partly"),
    [
        ("", 3, [OLD, ONE, TWO], False),
        ("", 2, [ONE, TWO], True),
        ("", 1, [TWO], True),
        ("&decided_before=2017-01-01", 1, [OLD], False),
        ("&item_outcome=overturned", 1, [], False),
        ("&sex=female", 1, [ONE], False),
    ],
)
def test_rows_of_common_words_are_looked_for_in_the_latest_cases(
    many_to_look_through: None,
    viewer: Client,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    looked: int,
    cases: list[str],
    partly: bool,
) -> None:
    monkeypatch.setattr(searching, "LOOKED_THROUGH", looked)
    asked_for = QueryDict(f"{ROW}{query}&sort=number")
    page_s = CaseFilter(asked_for, seconds=0)
    assert [case.name for case in page_s.qs] == cases
    assert bool(page_s.partly) is partly
    page = viewer.get(f"/cases/?{asked_for.urlencode()}").content.decode()
    assert ("latest of these decisions were looked through" in page) is partly
    # An export may take the time.
    whole = CaseFilter(asked_for)
    assert not whole.partly
    assert {case.name for case in whole.qs} >= set(cases)


def text_of(viewer: Client, query: str) -> str:
    return " ".join(viewer.get(f"/cases/?{query}").content.decode().split())


def test_a_part_of_a_list_says_so_and_tells_nothing_of_the_rest(
    many_to_look_through: None, viewer: Client
) -> None:
    page = text_of(viewer, ROW)
    assert "<h1>1 case among the latest 1</h1>" in page
    assert "Only the 1 latest of these decisions were looked through" in page
    found = CaseFilter(QueryDict(ROW), seconds=0)
    facets = facets_of(found)
    keys = list(found.qs.values_list("pk", flat=True))
    assert facets == facets_at_once(found, keys) == {"items": Facet({"upheld": Count(2)}, True)}
    assert text_of(viewer, f"{ROW}&count=all").count(TWO) == page.count(TWO)
    assert "<b>2</b> disputed items" in text_of(viewer, f"{ROW}&count=all")
    chosen = CaseFilter(QueryDict(f"{ROW}&sex=female"), seconds=0)
    assert "sex" not in facets_of(chosen)  # without it, more would have to be looked through
    assert facets_of(chosen)["outcome"].counts == {"upheld": Count(1)}


def test_none_among_the_latest_is_not_none(many_to_look_through: None, viewer: Client) -> None:
    Case.objects.filter(name=OLD).update(decided_on="2018-01-01")
    page = text_of(viewer, 'q="left+knee"')
    assert "No case matches among the latest 1" in page
    assert "in none as asked for" not in page
    assert "in no letter" not in page


def test_all_are_looked_through_if_asked_and_remembered(
    many_to_look_through: None, viewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = text_of(viewer, f"{ROW}&look=all")
    assert "<h1>3 cases</h1>" in page
    assert "All letters were looked through at" in page
    monkeypatch.setattr(searching, "_told", None)
    assert "<h1>3 cases</h1>" in text_of(viewer, ROW)
    case = Case.objects.get(name=ONE)
    assert "2 of 3" in viewer.get(f"/cases/{case.pk}/?{ROW}&sort=number").content.decode()


def test_where_there_is_no_time_for_all_the_page_says_what_next(
    many_to_look_through: None, viewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "PATIENT", 0.0001)  # seconds
    page = text_of(viewer, f"{ROW}&look=all")
    assert "<h1>1 case among the latest 1</h1>" in page
    assert "To look through all takes more than" in page
    assert 'look=all">Look' not in page


@pytest.mark.parametrize("name", [TWO, ONE])
def test_a_case_of_such_a_list_tells_no_position(
    many_to_look_through: None, viewer: Client, name: str
) -> None:
    case = Case.objects.get(name=name)
    page = viewer.get(f"/cases/{case.pk}/?{ROW}").content.decode()
    assert "1 of 1" not in page
    assert "not in this list any more" not in page


@pytest.mark.parametrize(
    ("typed", "sample", "too_long"),
    [
        ("knee", (4, 490), False),
        ("knee -left", (4, 490), False),
        ('knee -"left knee"', (4, 490), True),
        ('"left knee"', (4, 490), True),
        ('"left knee"', (4, 49), False),  # 2,940 letters with both words
        ("-knee", (4, 0), True),
        ("-knee", (499, 0), False),  # nearly every letter: a page is soon full
    ],
)
def test_what_no_index_finds_takes_too_long_for_a_page(
    db: None, monkeypatch: pytest.MonkeyPatch, typed: str, sample: tuple[int, int], too_long: bool
) -> None:
    monkeypatch.setattr(sampling, "words", lambda search: Sample(30_000, 500, *sample))
    assert searching.seek(typed, 0).too_long is too_long
    assert not searching.seek(typed, 5).too_long
    assert not searching.seek(typed).too_long


def test_some_rows_tell_how_many_there_surely_are(
    letters: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert surely(0, 100) == 0
    assert surely(100, 100) == 6_000
    assert surely_in([1] * 100, 100) == 6_000
    assert surely_in([4] * 25, 100) == 2_000  # blocks of rows that are all alike
    assert surely_in([], 100) == 0
    monkeypatch.setattr(sampling, "_rows", lambda model: 3.0)
    assert sampling.words(asked("knee")) is None
    monkeypatch.setattr(sampling, "SMALL", 0)
    monkeypatch.setattr(sampling, "SMALL_CASES", 0)
    monkeypatch.setattr(sampling, "REVIEWS", 3)
    monkeypatch.setattr(sampling, "CASES", 3)
    assert sampling.words(asked('"left knee" -patch')) == Sample(3, 3, 0, 1)
    assert not sampling.surely_more(Case.objects.filter(name=TWO), 0)
    assert not sampling.surely_more(Case.objects.none(), 0)
    assert sampling.some_of(Case.objects.filter(name=TWO), "name") == ([(TWO,)], 1)


def test_a_search_that_is_too_long_is_said(letters: None, viewer: Client) -> None:
    assert found("knee " * (LONGEST // 5 - 1)) == [ONE, TWO]
    page = viewer.get("/cases/", {"q": "knee " * LONGEST}).content.decode()
    assert f"at most {LONGEST} characters" in page


@pytest.mark.parametrize(
    "typed", ["knee\x00brace", "\ud800", "\u202eknee", "x" * 5000, "\\", "' or 1"]
)
def test_no_search_breaks_the_page(letters: None, viewer: Client, typed: str) -> None:
    query = typed.encode("utf-8", "surrogatepass")
    assert viewer.get("/cases/", {"q": query}).status_code == 200


def test_a_very_long_letter_is_recorded_and_found(take: Take) -> None:
    words = " ".join(f"w{n:x}q" for n in range(200_000))
    summary = f"The injured worker is a 44 year old female. Beginning {words}"
    take(letter("CM17-9000003", summary=summary))
    assert found("beginning") == ["CM17-9000003"]


# Where words stand.


def passages(typed: str) -> dict[str, list[Passage]]:
    names = dict(_filter(typed).qs.values_list("pk", "name"))
    return {names[key]: each for key, each in passages_of(names, typed).items()}


def marked(passage: Passage) -> list[str]:
    return [piece.text for piece in passage.pieces if piece.marked]


@pytest.mark.parametrize(
    ("typed", "name", "label", "marks", "place"),
    [
        ("acetaminophen", ONE, "Service", ["acetaminophen"], "acetaminophen"),
        ("hydrocodone acetaminophen", ONE, "Service", ["Hydrocodone/acetaminophen"], None),
        ("opioid", ONE, "Rationale", ["opioids"], "opioids"),
        ("carisoprodol", TWO, "Summary", ["carisoprodol"], "carisoprodol"),
        ('"left knee"', TWO, "Service of item 2", ["left knee"], "left knee"),
        ("topical", TWO, "Expert reviewer’s citations, item 1", ["Topical"], "Topical"),
        ("CM17-9000002 or ankle", TWO, "Case number", ["CM17-9000002"], "CM17-9000002"),
        ("cm17", TWO, "Case number", ["CM17"], "CM17-9000002"),
        ("0002", TWO, "Case number", ["0002"], "CM17-9000002"),
        ("bracing", OLD, "Summary", ["braced"], "braced"),
    ],
)
def test_passages_lead_to_the_words(
    letters: None, typed: str, name: str, label: str, marks: list[str], place: str | None
) -> None:
    first = passages(typed)[name][0]
    assert (first.label, marked(first)) == (label, marks)
    text = Case.objects.get(name=name).review.transcript.text
    assert text[first.start : first.end] == (place or marks[0])


def test_a_row_of_words_is_marked_only_where_it_stands(letters: None) -> None:
    """The rationale of item 2 has "Left" and "knee" too, but not in a row."""
    (only,) = passages('"left knee"')[TWO]
    assert only.label == "Service of item 2"


def test_offsets_count_code_points(take: Take) -> None:
    take(letter("CM17-9000003", summary="The injured worker is a 44 year old 𝔣emale. 😀 Zebra 😀."))
    ((only,),) = passages("zebra").values()
    text = Review.objects.get().transcript.text
    assert text[only.start : only.end] == "Zebra"


def test_markup_in_a_letter_stays_words(take: Take, viewer: Client) -> None:
    take(letter("CM17-9000003", (item("<script>alert(1)</script> <mark>zebra</mark> & brace"),)))
    page = viewer.get("/cases/", {"q": "zebra"}).content.decode()
    assert "&lt;mark&gt;<mark>zebra</mark>&lt;/mark&gt; &amp; brace" in page
    assert "<script>alert" not in page


def test_a_found_case_leads_to_the_very_place(letters: None, viewer: Client) -> None:
    case = Case.objects.get(name=TWO)
    at = case.review.transcript.text.index("carisoprodol")
    page = viewer.get("/cases/", {"q": "carisoprodol", "sort": "age"}).content.decode()
    place = f"{at}-{at + 12}"
    query = f"at={place}&amp;q=carisoprodol&amp;sort=age#at-{place}"
    assert f'href="{case.get_absolute_url()}?{query}"' in page
    assert "takes <mark>carisoprodol</mark> at night" in page


def test_queries_do_not_grow_with_what_is_found(take: Take, viewer: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            viewer.get("/cases/", {"q": "knee or nowhere"})
        return len(counted)

    take(letter("CM17-9000001", (item("Knee brace"),)))
    queries()  # fills the cache of choices
    before = queries()
    for number in range(2, 6):
        take(letter(f"CM17-900000{number}", (item("Knee brace"), item("Knee MRI"))))
    assert queries() == before


# What the list says.


def told(typed: str, **others: str) -> Advice | None:
    filtered = _filter(typed, **others)
    return advice(filtered, any_found=filtered.qs.exists())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", None),
        ("knee", None),
        ("the knee", None),
        ('"the knee"', {"left_out": ["the"]}),
        ("%&!", {"code": "no-words"}),
        ("the of", {"code": "only-common", "left_out": ["of", "the"]}),
        ("CM15-1", {"code": "no-such-number"}),
        ("carisoprodil", {"code": "nowhere", "nowhere": ["carisoprodil"]}),
        ("opioids ankle", {"code": "not-together", "nowhere": []}),
        ('"knee left"', {"code": "not-so"}),
        ("knee or absent", {"code": "", "nowhere": ["absent"]}),
    ],
)
def test_says_why_nothing_or_less_is_found(
    letters: None, typed: str, said: dict[str, Any] | None
) -> None:
    advised = told(typed)
    if said is None:
        assert advised is None
    else:
        assert {name: getattr(advised, name) for name in said} == said


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("carisoprodil", ["carisoprodol"]),  # a name of the catalogue, in a summary
        ("lidodrem", ["lidoderm"]),  # a word of a service
        ("hidrocodone/acetaminofen", ["hydrocodone/acetaminophen"]),
        ('"lefft knee" -brace', ['"left knee" -brace']),
        ("tramadil", []),  # in the catalogue, but in no letter
        ("zzzz", []),
    ],
)
def test_offers_the_right_spelling_and_searches_as_asked(
    letters: None, typed: str, better: list[str]
) -> None:
    advised = told(typed, sex="male")
    assert advised
    assert [each.words for each in advised.spelled] == better
    for each in advised.spelled:
        assert QueryDict(each.query).dict() == {"q": each.words, "sex": "male"}
    assert found(typed) == []


def test_a_brand_leads_to_its_treatment(letters: None) -> None:
    advised = told("Soma", age_min="1")
    assert advised
    assert [(t.words, t.query) for t in advised.treatments] == [
        ("carisoprodol", "age_min=1&treatment=carisoprodol")
    ]


@pytest.mark.parametrize(
    ("typed", "elsewhere"),
    [("ankle", "q=ankle"), ("CM16", "q=CM16"), ("absent", None), ("CM15", None), ("!", None)],
)
def test_what_other_filters_hide_is_a_click_away(
    letters: None, typed: str, elsewhere: str | None
) -> None:
    advised = told(typed, sex="female")
    assert advised
    assert (advised.without_filters.query if advised.without_filters else None) == elsewhere


def test_the_page_says_it(letters: None, viewer: Client) -> None:
    page = viewer.get("/cases/", {"q": "carisoprodil"}).content.decode()
    assert "“carisoprodil” stands in no letter." in page
    assert 'Did you mean <a href="?q=carisoprodol">carisoprodol</a>?' in page
    assert "No case matches" in page


def test_words_of_services_are_remembered_once(letters: None) -> None:
    assert {"lidoderm", "hydrocodone", "acetaminophen"} <= set(
        Word.objects.values_list("word", flat=True)
    )
    assert meant(["physcal"]) == {"physcal": ["physical"]}


def test_rows_recorded_before_get_the_same_words(letters: None) -> None:
    def stored() -> list[tuple[int, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, search::text FROM reviews_review ORDER BY id")
            return list(cursor.fetchall())

    before, words = stored(), set(Word.objects.values_list("word", flat=True))
    Review.objects.update(search=None)
    Word.objects.all().delete()
    migration = import_module("reviews.migrations.0005_search_again")
    with connection.schema_editor() as editor:
        migration.search_again(import_module("django.apps").apps, editor)
    assert stored() == before
    assert set(Word.objects.values_list("word", flat=True)) == words
