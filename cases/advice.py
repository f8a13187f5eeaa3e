"""What the list says about a search: where its words stand, which do nowhere, what else to try."""

from dataclasses import dataclass, field

from django.http import QueryDict

from cases.filters import CaseFilter
from cases.models import Case
from cases.passages import Passage, meanings_of, passages_of
from cases.spelling import meant, standing
from cases.terms import Asked, asked
from reviews.models import Treatment

MOST_WORDS = 12  # of a search, that are looked up one by one


@dataclass(frozen=True, slots=True)
class Try:
    """Another search: what it is, and the query string that leads to it."""

    words: str
    query: str


@dataclass(slots=True)
class Advice:
    """About one search. `code` says why nothing was found, "" while something was."""

    typed: str
    code: str = ""
    left_out: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)
    spelled: list[Try] = field(default_factory=list)
    treatments: list[Try] = field(default_factory=list)
    either: Try | None = None
    without_filters: Try | None = None

    @property
    def left_out_words(self) -> str:
        return _quoted(self.left_out)

    @property
    def nowhere_words(self) -> str:
        return _quoted(self.nowhere)


def passages(keys: list[int], found: CaseFilter) -> dict[int, list[Passage]]:
    """For those cases' keys, where the words of the search stand in their letters."""
    typed = _typed(found)
    return passages_of(keys, typed) if typed else {}


def advice(found: CaseFilter, *, any_found: bool) -> Advice | None:
    """None when nothing is searched for, or nothing need be said."""
    typed = _typed(found)
    if not typed:
        return None
    search = asked(typed)
    told = Advice(typed, left_out=_left_out(search))
    if any_found and not search.alternatives:
        return told if told.left_out and '"' in typed else None
    told.nowhere = _nowhere(search, told.left_out)
    told.spelled = _spelled(search, told.nowhere, found.data)
    if not any_found:
        _explain(told, search, found)
    return told


def _quoted(words: list[str]) -> str:
    *others, last = [f"“{word}”" for word in words] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _typed(found: CaseFilter) -> str:
    return found.form.cleaned_data.get("q", "") if found.is_valid() else ""


def _left_out(search: Asked) -> list[str]:
    """Words that search knows nothing of because every letter has them."""
    words = [word.text.lower() for term in search.terms for word in term.words]
    return [word for word, lexemes in meanings_of(words).items() if not lexemes]


def _nowhere(search: Asked, left_out: list[str]) -> list[str]:
    words = [word.text.lower() for term in search.sought for word in term.words]
    asked_for = list(dict.fromkeys(word for word in words if word not in left_out))[:MOST_WORDS]
    there = standing(asked_for)
    return [word for word in asked_for if word not in there]


def _spelled(search: Asked, nowhere: list[str], data: QueryDict) -> list[Try]:
    """The search with the words that stand nowhere put right, in the likeliest way first."""
    near = meant(nowhere)
    if len(near) == 1 == len(nowhere):
        ((typed, words),) = near.items()
        choices = [{typed: word} for word in words]
    else:
        choices = [{typed: words[0] for typed, words in near.items()}] if near else []
    return [_with(data, _replaced(search, choice)) for choice in choices]


def _replaced(search: Asked, choice: dict[str, str]) -> str:
    typed = search.typed
    for word in reversed([word for term in search.terms for word in term.words]):
        better = choice.get(word.text.lower(), word.text)
        typed = typed[: word.start] + better + typed[word.end :]
    return typed


def _explain(told: Advice, search: Asked, found: CaseFilter) -> None:
    """Why nothing was found, and what may find something."""
    told.code = "not-latest" if found.partly else _code(told, search)
    told.treatments = [_treatment(found.data, each) for each in _called(search)]
    if told.code == "not-together":
        words = " or ".join(f'"{t.row}"' if len(t.words) > 1 else t.row for t in search.sought)
        told.either = _with(found.data, words)
    if not found.only_searches() and told.code in {"not-so", "not-together"}:
        rest = QueryDict(mutable=True)
        rest["q"] = told.typed
        told.without_filters = Try(told.typed, rest.urlencode())


def _code(told: Advice, search: Asked) -> str:
    if search.number_start:
        there = Case.objects.filter(name__startswith=search.number_start).exists()
        return "not-so" if there else "no-such-number"
    if not search.terms:
        return "no-words"
    if all(word.text.lower() in told.left_out for term in search.terms for word in term.words):
        return "only-common"
    if told.nowhere:
        return "nowhere"
    return "not-together" if len(search.sought) > 1 else "not-so"


def _called(search: Asked) -> list[Treatment]:
    """The catalogue's treatments that go by one of the words, brands included."""
    names = {term.row.lower() for term in search.sought}
    return [
        treatment
        for treatment in Treatment.objects.all()
        if names & {name.lower() for name in (treatment.name, *treatment.aliases)}
    ]


def _with(data: QueryDict, typed: str) -> Try:
    query = data.copy()
    query.pop("page", None)
    query["q"] = typed
    return Try(typed, query.urlencode())


def _treatment(data: QueryDict, treatment: Treatment) -> Try:
    query = data.copy()
    for name in ("page", "q"):
        query.pop(name, None)
    query["treatment"] = treatment.slug
    return Try(treatment.name, query.urlencode())
