"""What is measured: every page, filter and search, each by several addresses of its kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from django.urls import reverse

from cases.bench.shares import GUIDELINES, SPECIALTIES, YEARS, treatments
from cases.bench.words import COMMON, rare, spelled
from cases.due import TITLES as DUE_TITLES
from cases.filters import SORTS
from cases.models import Case, Letter
from cases.paging import PAGE_SIZE
from cases.standing import MANY as MANY_DONE
from cases.standing import MOST as MOST_DONE

PAGE, SEARCH = 150.0, 300.0  # milliseconds that 95 of 100 requests stay below


@dataclass(frozen=True)
class Kind:
    """Addresses that are one thing to a person, with the limit in milliseconds."""

    what: str
    addresses: list[str]
    limit: float = PAGE


def every_kind(cases: int) -> Iterator[Kind]:
    yield from _pages(cases)
    yield from _lists(cases)
    yield from _filters()
    yield from _facets()
    yield from _searches(cases)


def _list(**parameters: object) -> str:
    return f"{reverse('case_list')}?{urlencode(parameters, doseq=True)}"


def _case(key: int, **parameters: object) -> str:
    """A case as the list with these parameters links to it."""
    return f"{reverse('case', args=[key])}?{urlencode({'sort': '-decided', **parameters})}"


def _lists_of(name: str, values: Iterable[object]) -> list[str]:
    return [_list(**{name: value}) for value in values]


def _pages(cases: int) -> Iterator[Kind]:
    some = Random(11).sample(range(1, cases + 1), min(cases, 25))
    yield Kind("case", [reverse("case", args=[key]) for key in some])
    yield Kind("case, out of the list", [_case(key) for key in some])
    yield Kind("case, out of a filter", [_case(key, guideline="mtus-opioids") for key in some])
    yield Kind("case, out of a search", [_case(key, q="lumbar tramadol") for key in some], SEARCH)
    yield Kind("case as text", [reverse("case_summary", args=[key]) for key in some])
    yield Kind("due", [reverse("due_list")])
    sections = [f"{reverse('due_list')}?section={name}" for name in DUE_TITLES]
    yield Kind("due, sections", sections)
    yield Kind("letters", [reverse("letter_list")])
    for section in ("attention", "progress", "done"):
        yield Kind(f"letters, {section}", [f"{reverse('letter_list')}?section={section}"])
    last = min(Letter.objects.count(), MOST_DONE) // MANY_DONE
    deep = (f"{reverse('letter_list')}?section=done&page={n}" for n in (2, last // 2, last))
    yield Kind("letters, pages of done", list(deep))
    yield Kind("letter", [reverse("letter", args=[key]) for key in some])
    yield Kind("status.json", [reverse("letter_status")])
    yield Kind("items.csv, first bytes", [reverse("item_csv")])
    for name in ("letter", "case", "export"):
        yield Kind(f"admin, {name}s", [reverse(f"admin:cases_{name}_changelist")])
    letters = reverse("admin:cases_letter_changelist")
    yield Kind("admin, letters searched", [f"{letters}?q=CM15-{n:07}" for n in some])


def _lists(cases: int) -> Iterator[Kind]:
    yield Kind("list", [reverse("case_list")])
    for sort, (sentence, _column) in SORTS.items():
        yield Kind(f"list, {sentence.lower()}", _lists_of("sort", [sort]))
    last = min(cases, 10_000) // PAGE_SIZE
    yield Kind("list, page 2", [_list(page=2)])
    yield Kind("list, last pages", [_list(page=n) for n in (last // 2, last - 1, last)])
    yield Kind("list, counted to the end", [_list(count="all", outcome="overturned")], SEARCH)
    yield Kind("nothing found", [_list(age_min=n, age_max=n - 1) for n in (30, 40, 50)])


def _filters() -> Iterator[Kind]:
    slugs = [slug for slug, _, _ in treatments() if slug]
    cited = [slug for slug in GUIDELINES if slug]
    for outcome in ("upheld", "overturned", "partially-overturned"):
        yield Kind(f"outcome {outcome}", _lists_of("outcome", [outcome]))
    yield Kind("item's outcome", _lists_of("item_outcome", ["upheld", "overturned"]))
    yield Kind("category, common", _lists_of("category", ["pharmaceutical"]))
    yield Kind("category, rare", _lists_of("category", ["home_health", "mental_health", "program"]))
    yield Kind("treatment, common", _lists_of("treatment", slugs[:5]))
    yield Kind("treatment, rare", _lists_of("treatment", slugs[-20:]))
    yield Kind("guideline, common", _lists_of("guideline", cited[:5]))
    yield Kind("guideline, rare", _lists_of("guideline", cited[-5:]))
    yield Kind("cited page", _lists_of("cited_page", [8, 64, 91, 112, 127]))
    yield Kind("cited by the expert", [_list(relied_on_by="expert")])
    pages = [_list(guideline=slug, cited_page=n) for slug in cited[:3] for n in (9, 64, 111)]
    yield Kind("guideline and page", pages)
    rarely = [_list(guideline=slug, cited_page=n) for slug in cited[-4:] for n in (9, 111)]
    yield Kind("guideline and page, rare", rarely)
    yield Kind("specialty", _lists_of("specialty", {name for key in SPECIALTIES for name in key}))
    yield Kind("licensed in", _lists_of("licensed_in", ["California", "Texas", "Alaska"]))
    yield Kind("sex", _lists_of("sex", ["female", "male"]))
    yield Kind("age", [_list(age_min=n, age_max=n + 5) for n in (18, 30, 45, 60, 75)])
    yield Kind("decided in a year", [_decided(year) for year in YEARS])
    yield Kind("decided in a month", [_list(**_month(year)) for year in YEARS])
    yield Kind("injured before 2005", [_list(injured_before="2004-12-31")])
    yield Kind("needs checking", [_list(flagged="true"), _list(flagged="true", sort="-doubts")])
    yield Kind(
        "treatment overturned", [_list(treatment=t, item_outcome="overturned") for t in slugs]
    )
    yield Kind(
        "outcome, year and specialty",
        [_decided(year, outcome="overturned", specialty="Neurology") for year in YEARS],
    )
    yield Kind(
        "category and guideline",
        [_list(category="pharmaceutical", guideline=slug) for slug in cited[:8]],
    )
    yield Kind(
        "a rare combination",
        [
            _list(
                treatment=t, guideline="odg-hernia", sex="female", specialty="Dentist", sort="age"
            )
            for t in slugs[::12]
        ],
    )


def _facets() -> Iterator[Kind]:
    at = reverse("case_facets")
    few = ({"treatment": slug} for slug in [slug for slug, _, _ in treatments()][-20:-1])
    many = ({"category": "pharmaceutical"}, {"sex": "female"}, {"guideline": "mtus-chronic-pain"})
    words = ({"q": word} for word in COMMON[:5])
    yield Kind("counts of all cases", [at])
    for what, queries in (("few", few), ("many", many), ("a common word's", words)):
        yield Kind(f"counts of {what} cases", [f"{at}?{urlencode(each)}" for each in queries])


def _decided(year: int, **more: object) -> str:
    return _list(decided_after=f"{year}-01-01", decided_before=f"{year}-12-31", **more)


def _month(year: int) -> dict[str, str]:
    return {"decided_after": f"{year}-03-01", "decided_before": f"{year}-03-31"}


def _searches(cases: int) -> Iterator[Kind]:
    rng = Random(12)
    fewest = max(1, cases // 4)
    words = {
        "common word": [*COMMON[:5], *COMMON[20:25]],
        "less common word": [spelled(n, "nt") for n in range(800, 6000, 500)],
        "rare word": [rare(rng.randrange(fewest)) for _ in range(10)],
        "absent word": ["zyxomatic", "quorbish", "vlappering"],
        "misspelt word": ["tramadoll", "cyclobenzaprin", "accupuncture", "lumbaar"],
        "two words": ["chronic tramadol", "knee arthroscopy", f"pain {rare(3)}"],
        "a phrase": ['"physical therapy"', '"low back pain"', '"urine drug screen"'],
        "a word without another": ["knee -surgery", "opioid -tramadol"],
        "treatment's name": [name for _, name, _ in list(treatments())[:40:4]],
        "part of a number": ["CM15-00001", "0012", "CM17", "00199"],
    }
    keys = rng.sample(range(1, cases + 1), 10)
    numbers = Case.objects.filter(pk__in=keys).values_list("number", flat=True)
    words["a whole number"] = [str(number) for number in numbers]
    for what, values in words.items():
        yield Kind(f"search: {what}", _lists_of("q", values), SEARCH)
    sorts = [_list(q=word, sort=sort) for word in words["common word"][:3] for sort in SORTS]
    yield Kind("search: common word, sorted", sorts, SEARCH)
    for what in ("common word", "less common word", "rare word", "absent word"):
        overturned = [_list(q=word, item_outcome="overturned") for word in words[what]]
        yield Kind(f"search: {what}, overturned", overturned, SEARCH)
        narrow = [_decided(2016, q=word, guideline="odg-knee-leg") for word in words[what]]
        yield Kind(f"search: {what}, guideline, year", narrow, SEARCH)
