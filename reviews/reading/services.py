"""What an item asks for: the parts of a cut-down request, its treatment, class and category."""

import re
from dataclasses import dataclass
from functools import cache

from reviews.reading import catalogue

# `X was the original request. Y was authorized by the Claims Administrator. The remaining IMR
# eligible portion of the original request, Z is`
_CUT_DOWN = re.compile(
    r"\A(?P<requested>.{1,1500}?)\s*\b(?:was|were)\s*the\s*original\s*request\s*[.;]\s*"
    r"(?P<authorized>.{1,1500}?)\s*\b(?:was|were)\s*(?:authorized|certified|approved)\s*by"
    r"\s*(?:the\s*)?Claims\s*Administrator\s*[.;]\s*The\s*remaining\s*(?:IMR[- ]*eligible\s*)?"
    r"portion\s*of\s*the\s*original\s*request\s*,?\s*"
    r"(?P<disputed>.{1,1500}?)\s*\Z",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"The\s*original\s*request\s*,\s*(?P<disputed>.{1,1500}?)\s*,?\s*\Z")
_DETAIL = re.compile(r"[,;]\s+|\swith\s|\sto be\s")
_LONGEST = 1500  # more than any heading; what follows names no treatment
_ENDLESS = re.compile(r"\w{50,}")  # no word is so long


def cut_down(service: str) -> dict[str, tuple[int, int]]:
    """Where requested, authorized and disputed stand in a cut-down request's heading."""
    match = _CUT_DOWN.match(service)
    if not match:
        return {}
    spans = {name: match.span(name) for name in ("requested", "authorized", "disputed")}
    start, end = spans["disputed"]
    if service[start:end].endswith(","):
        spans["disputed"] = (start, end - 1)
    return spans


def looks_cut_down(service: str) -> bool:
    """Whether the heading speaks of an original request without the words that cut it apart."""
    return "original request" in service and not (
        cut_down(service) or re.search(r"leaving\s*the\s*original\s*request", service)
    )


def decided(service: str) -> tuple[int, int]:
    """Where a heading says what was decided on."""
    if spans := cut_down(service):
        return spans["disputed"]
    match = _ORIGINAL.search(service)
    return match.span("disputed") if match else (0, len(service))


@dataclass(frozen=True, slots=True)
class Kind:
    """A category and, where a treatment is known, its name and class."""

    category: str
    treatment: str | None = None
    treatment_class: str | None = None


def kind(service: str, *, with_surgery: bool = False) -> Kind:
    """The treatment and category of a heading."""
    words = _ENDLESS.sub(" ", service[slice(*decided(service))][:_LONGEST])
    found = _kind(words, with_surgery=with_surgery)
    if found.category == "evaluation":
        # what comes with a service is told after it: `..., with follow-up in four weeks`
        head = _kind(_DETAIL.split(words)[0], with_surgery=with_surgery)
        return found if head.category == "other" else head
    return found


def _kind(words: str, *, with_surgery: bool) -> Kind:
    treatment = _treatment(words)
    category = _by_rule(words, treatment, with_surgery=with_surgery)
    if treatment is None:
        return Kind(category or "other")
    return Kind(category or _category(treatment), treatment.name, treatment.class_)


_CATEGORIES = {
    "Pharmaceuticals": "pharmaceutical",
    "Injection": "injection",
    "Diagnostic Testing": "diagnostic",
    "Rehabilitation": "therapy",
    "Therapies": "therapy",
    "Programs": "program",
    "DMEPOS": "dme",
    "Evaluation & Management": "evaluation",
    "Home Health": "home_health",
    "Psych Services": "mental_health",
    "Transportation": "home_health",
    "Surgery": "surgery",
}


def _category(treatment: catalogue.Treatment) -> str:
    if treatment.subcategory == "Dental Services":
        return "dental"
    if treatment.subcategory == "Viscosupplementation":
        return "injection"
    if treatment.subcategory == "Surgical Consult":
        return "evaluation"
    return _CATEGORIES.get(treatment.category, "other")


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None, str], ...]:
    """The rules of `category_rules.csv`, in order: when, words, words that forbid it, category."""
    return tuple(
        (
            row["when"],
            re.compile(row["words"], re.IGNORECASE),
            re.compile(row["unless"], re.IGNORECASE) if row["unless"] else None,
            row["category"],
        )
        for row in catalogue.rows("category_rules.csv")
    )


def _by_rule(
    words: str, treatment: catalogue.Treatment | None, *, with_surgery: bool
) -> str | None:
    for when, pattern, unless, category in _rules():
        if when == "unknown" and treatment is not None:
            continue
        if when.startswith("surgery") and not with_surgery:
            continue
        if when == "surgery-no-drug" and treatment and treatment.category == "Pharmaceuticals":
            continue
        if pattern.search(words) and not (unless and unless.search(words)):
            return category
    return None


@cache
def _names() -> dict[str, tuple[int, catalogue.Treatment]]:
    """Every name and alias as compared, to its treatment and its number of words."""
    found: dict[str, tuple[int, catalogue.Treatment]] = {}
    for treatment in catalogue.treatments():
        for name in (treatment.name, *treatment.aliases, *treatment.name.split("/")):
            for form in (name, name.split("(")[0]):
                compared = " ".join(_words(form))
                if len(compared) > 1:
                    found.setdefault(compared, (len(compared.split()), treatment))
    return found


def _treatment(words: str) -> catalogue.Treatment | None:
    """The treatment with the longest name in the words; of equals the first."""
    parts = _words(words)
    best: tuple[int, catalogue.Treatment] | None = None
    names = _names()
    for start in range(len(parts)):
        for length in range(min(5, len(parts) - start), 0, -1):
            known = names.get(" ".join(parts[start : start + length]))
            if known and (best is None or known[0] > best[0]):
                best = known
    return best[1] if best else None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+|\d+", text.lower())
