"""How much of a drug a heading asks for: strength, quantity, refills.

What may be read in two ways is not told: a range of strengths (`5-10mg`, `5 to 10mg`), two drugs
with a strength or a quantity each, units (a drug's potency, a count of devices or of timed
services), grams and millilitres (a package), one to four tablets (as often the dose), the number
of a tooth, `refill #2` (which, or how many), a number on a rental or trial (days, or pieces).
"""

import re

from reviews.reading.numbers import Told, agreed, blanked, compiled, number

_AMOUNT = r"(?:\d{1,3}(?:,\d{3})+|\d{1,5}(?:\.\d{1,4})?|\.\d{1,4})"
_PERCENT = r"%(?! (?:reduction|improvement|relief|impairment|disability|increase|decrease)\b)"
_UNIT = rf"(?:(?:mg|mcg|ug|meq|iu)(?![a-z])|{_PERCENT})"
# `350mg`, `10/325 mg`, `75-0.2mg`, `4%-27.5%`, `10mcg/hr`, `5mg/5ml`; no dose such as `80mg/day`.
_STRENGTH = re.compile(
    rf"(?<![\w.,])(?<![\d%][-/–])(?P<low>{_AMOUNT} ?{_UNIT}? (?:to|or) )?"
    rf"(?P<strength>(?:{_AMOUNT}(?: ?{_UNIT})? ?[-/–] ?){{0,3}}{_AMOUNT} ?{_UNIT}"
    r"(?: ?/ ?(?:\d{1,3} ?)?(?:ml|gm?|hr?|hour|actuation|spray|patch)\b)?)"
    r"(?! ?(?:/|per|a|each) ?day)",
    re.IGNORECASE | re.ASCII,
)
_RANGE = re.compile(rf"(?P<low>{_AMOUNT}) ?[-–] ?(?P<high>{_AMOUNT}) ?[a-z%]+", re.IGNORECASE)
# What may not follow a number of pieces: a weight, days, the end of a range.
_NO_PIECES = (
    r"(?![\d/.,]\d)(?! ?(?:mg|mcg|g|gms?|grams?|ml|cc|oz|ounces?)\b| ?%)"
    r"(?! ?-?days?\b(?! supply ?:))(?! ?[-/–] ?\d)(?! (?:to|or) \d)"
)
# `#60`, `# 60`, `QTY: 2`, `quantity of sixty (60)`.
_QUANTITY = r"(?:#|\b(?:quantity|qty)\b[.:]{0,2} ?(?:of )?#?) ?(?P<count>NUMBER)" + _NO_PIECES
# `60 tablets`, `30-count`; no dose such as `take 5 capsules` or `6 tablets daily`.
_PIECES = (
    r"(?<![\w.,/#–-])(?P<dose>(?:take|taking|apply|use|up to|NUMBER (?:to|or)) )?"
    r"(?P<count>NUMBER)(?:[ -]?count|[ -]?(?:tablets?|tabs?|capsules?|caps?|pills?|patches)"
    r"|[ -]?(?:suppositories|lozenges))\b"
    r"(?!,? ?(?:/|by mouth|per|po\b|p\.o|oral|dail|night|a day|every|each|q ?\d|q[a-z]{1,3}\b"
    r"|[bt]\.?i\.?d|once|twice|NUMBER times|as needed|at |in the|with (?:food|meal)|prn))"
)
_COUNTED = ("tab", "cap", "pill", "patch", "count", "suppositor", "lozenge")
_DOSE = 4
# A number that is part of a name: `Tylenol #3`, `visit #2`, `refill #2`, `CPT #90000`.
_NAMED = re.compile(
    r"\b(?:tylenol|acetaminophen|apap|codeine)(?: ?(?:with|w/|and|-|/)? ?codeine)? ?#[1-4]\b"
    r"|\b(?:toe|finger|digit|rib|claim|case|cpt|hcpcs|ndc|code|item|visit|session|phase|stage|step"
    r"|refill)s? ?# ?\d+",
    re.IGNORECASE | re.ASCII,
)
_TEETH = re.compile(r"\b(?:tooth|teeth|molar|crown|root canal|dental|filling)s?\b", re.IGNORECASE)
_FOR_A_TIME = re.compile(r"\b(?:trial|rental|rent)\b", re.IGNORECASE)
_VISITED = re.compile(r"\b(?:sessions|visits)\b", re.IGNORECASE)
# `two (2) refills`, `no refills`; `refills: 3`, `refill x 1`.
_REFILLS_AFTER = (
    r"(?<![\w.,/#–-])(?<!# )(?<!qty )(?<!quantity )(?P<low>NUMBER (?:to|or) )?"
    r"(?P<count>NUMBER|no|zero|without) (?:additional |more )?refills?\b"
)
_REFILLS_BEFORE = (
    r"\brefills? ?(?P<low>[:=x-]|times)? ?(?P<count>NUMBER)(?![\d/.,]\d)(?! ?[-/–] ?\d)"
    r"(?! (?:to|or) \d)(?! ?(?:days?|weeks?|months?|mg|tab|cap)\b)"
)


def strength(text: str) -> Told[str] | None:
    """The one strength that a text names, without spaces: "350mg", "10/325mg", "1%"."""
    return agreed(_strength(match) for match in _STRENGTH.finditer(text))


def _strength(match: re.Match[str]) -> Told[str]:
    printed = match["strength"]
    pair = _RANGE.fullmatch(printed)
    if match["low"] or (pair and _rises(pair["low"], pair["high"])):
        return Told(None, *match.span())
    return Told("".join(printed.split()), *match.span("strength"))


def _rises(low: str, high: str) -> bool:
    """Whether two amounts are more likely from and to than two drugs' in one tablet."""
    first, last = (float(amount.replace(",", "")) for amount in (low, high))
    return first < last <= 5 * first


def quantity(text: str, *, is_drug: bool) -> Told[int] | None:
    """The one number of pieces that a text asks for."""
    if "#" in text:
        for match in _NAMED.finditer(text):
            text = blanked(text, *match.span())
        if _TEETH.search(text) or (not is_drug and _counts_time(text)):
            text = text.replace("#", "\0")
    lower = text.lower()
    if ("#" in text or "q" in lower) and (told := _told(_QUANTITY, text)):
        return agreed(told)
    if not any(word in lower for word in _COUNTED):
        return None
    return agreed(one for one in _told(_PIECES, text) if one.value and one.value > _DOSE)


def _counts_time(text: str) -> bool:
    return bool(_FOR_A_TIME.search(text) or _VISITED.search(text))


def _told(pattern: str, text: str) -> list[Told[int]]:
    return [
        Told(
            None if match.groupdict().get("dose") else number(match["count"]) or None, *match.span()
        )
        for match in compiled(pattern).finditer(text)
    ]


def refills(text: str) -> Told[int] | None:
    """The number of refills; `no refills` is 0, and `with refills` tells none."""
    if "refill" not in text.lower():
        return None
    told = [
        Told(None if match["low"] else _refills(match["count"]), *match.span())
        for match in compiled(_REFILLS_AFTER).finditer(text)
    ]
    told += [
        Told(number(match["count"]), *match.span())
        for match in compiled(_REFILLS_BEFORE).finditer(text)
    ]
    return agreed(told)


def _refills(printed: str) -> int | None:
    return 0 if printed.lower() in ("no", "zero", "without") else number(printed)
