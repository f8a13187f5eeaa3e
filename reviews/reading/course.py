"""How often a service is given: the number of visits or sessions, told or reckoned.

What may be read in two ways is not told: a range (`6-8 visits`, `1 to 2 times a week`), a bound
(`up to 12 visits`), so many a week without an end or to an end in months, numbers that do not
agree, visits that are over (`after 6 visits`), and `x2` of what nobody attends (pieces or times).
"""

from collections.abc import Callable

from reviews.reading.numbers import Told, agreed, blanked, compiled, number

_COURSE = r"(?:sessions?|visits?|appointments?|treatments(?! (?:plan|cent|table|room)))"
_GAP_STOPS = (
    r"(?:per|each|every|of|or|to|and|with|plus|then|weeks?|wks?|months?|days?|years?|hours?|hrs?"
    r"|minutes?|mins?|times|x|levels?|units?|between|completed|prior|previous|mg|refills?)"
)
_WORD = rf"(?!{_GAP_STOPS}\b)\(?[a-z][a-z/()'-]*"
_START = r"(?:(?<![\w.,/$–-])|(?<=\bx))"
_LOW = r"(?P<low>NUMBER ?(?:-|–|to|or) ?)?"
# `2 times a week`, `2x/wk`, `3 visits per week`, `2 per week`, `twice a week`, `weekly`.
_OFTEN = (
    _START + _LOW + r"(?:(?P<often>NUMBER)"
    rf"(?:(?: ?(?:x|×|times?)|(?: {_WORD}){{0,3}} {_COURSE}) ?(?:/ ?|(?:a|per|each|every|x) )?"
    r"| ?/ ?| (?:a|per) )|(?P<word>once|twice|thrice)(?: ?/ ?| (?:a |per |each |every )?)"
    r"|(?P<single>(?<!bi[ -])(?=weekly)))(?P<unit>week|wk|month|mo)(?:ly)?\b"
)
# `for 6 weeks`, `over a period of six weeks`, `, neck, for 4 weeks`, `x 6`.
_LONG = (
    rf"(?:(?:(?:,? {_WORD}){{0,6}}?[,:]? ?(?:for|over|x|×|times|during)"
    r"(?: (?:a|an|the|next|another|additional|total|period|course|of)){0,4} ?|[,;]? )"
    r"(?P<least>NUMBER ?(?:-|–|to|or) ?)?(?P<long>NUMBER)"
    r"(?: (?:additional|more|total|consecutive))?[ -]?(?P<of>week|wk|month|mo)s?\b"
    r"|,? ?(?:x|×|times) ?(?P<bare>NUMBER)(?! ?(?:days?|years?)\b)(?! ?[-/–] ?\d)(?! (?:to|or) ))"
)
_BY_WEEK = _OFTEN + _LONG
# What may not follow a bare number of times: a size, a span of time, the end of a range.
_NO_TIMES = (
    r"(?! ?(?:mg|mcg|ml|gm?|cm|mm|inch(?:es)?|in|feet|ft|refills?|days?|weeks?|wks?|months?|hours?"
    r"|hrs?|minutes?|mins?|years?|x|times|views?)\b)(?!\d)(?! ?[\"×/–-] ?\d?)(?! (?:to|or) )"
)
_NO_SIZE = _NO_TIMES.replace("|weeks?|wks?", "")
# `2x6`, `two times four visits`, `3 x 4 weeks`: so many a week, so many weeks.
_PRODUCT = (
    _START
    + r"(?<!# )(?<!#)"
    + _LOW
    + (r"(?P<often>NUMBER) ?(?:x|×|times) ?(?P<long>NUMBER)" + _NO_SIZE)
)
_BOUND = (
    r"(?P<bound>(?:up to|at least|at most|no more than|(?:maximum|minimum)(?: of)?|after|following"
    r"|completed|previous|prior|phase|stage|level|type|grade|NUMBER (?:to|or|of)) )?"
)
# `12 sessions`, `six additional physical therapy visits`, `three (3) sessions`, `12-visit`.
_COUNT = (
    _BOUND + _START + rf"(?P<count>NUMBER)(?:(?: {_WORD}){{0,4}}? |-){_COURSE}\b"
    r"(?! ?/)(?! (?:a|per|each|every|weekly|daily|monthly)\b)"
)
# `times 6`, `x4`; not after a number, which makes it a product or a size.
_TIMES = r"(?<![\w)])(?<!\d )(?:x|×|times) ?(?P<count>NUMBER)" + _NO_TIMES
# `sessions lumbar spine #6`.
_HASH = r"\b(?:sessions|visits)\b[^#]{0,80}# ?(?P<count>NUMBER)(?![/.,-]\d)"
_ATTENDED = (
    r"\b(?:therap(?:y|ies|eutic)|\w{0,20}therapy|physio\w{0,20}|PT|OT|CBT|(?:electro)?acupuncture"
    r"|chiro\w{0,20}|manipulations?|massage|stimulation|traction|ultrasound|exercises?|rehab\w{0,20}"
    r"|visits?|sessions?|treatments?|follow-?ups?|re-?exam\w{0,20}|exam\w{0,20}|evaluations?"
    r"|counsel\w{0,20}|psych\w{0,20}|biofeedback|conditioning|hardening|training|program"
    r"|consult\w{0,20}|aquatic|shockwave|infrared|diathermy|mobilization|nurs(?:e|ing)"
    r"|wound care)\b"
)
_THING = (
    r"\b(?:units?|devices?|machines?|systems?|rental|purchase|wraps?|kits?|supplies|gauze|sponges?"
    r"|dressings?|bandages?|tape|foam|sheets?|mats?|boards?)\b"
)
# Without these words a long pattern finds nothing: a quick look first.
_SPEAKS = {
    "weekly": ("week", "wk", "mo"),
    "times": ("x", "×", "times"),
    "counted": ("visit", "session", "appointment", "treatments"),
}
_MOST = 300  # visits; more than anybody is given, so something else is counted
_WEEKLY = 7


def sessions(text: str, *, is_drug: bool) -> Told[int] | None:
    """The number of visits or sessions that a text asks for."""
    lower = text.lower()
    speaks = {kind for kind, words in _SPEAKS.items() if any(word in lower for word in words)}
    told: list[Told[int]] = []
    attended = not is_drug and speaks and compiled(_ATTENDED).search(text)
    counts_times = attended and "times" in speaks and not compiled(_THING).search(text)
    if attended and "weekly" in speaks:
        text = _take(_BY_WEEK, text, _by_week, told)
    if counts_times:
        text = _take(_PRODUCT, text, _product, told)
    if "counted" in speaks:
        text = _take(_COUNT, text, _count, told)
    if counts_times:
        text = _take(_TIMES, text, _count, told)
    if not told and not is_drug and "#" in text:
        _take(_HASH, text, _count, told)
    return agreed(told)


def _take(
    pattern: str,
    text: str,
    reckon: Callable[[dict[str, str | None]], int | None],
    told: list[Told[int]],
) -> str:
    """Add what the pattern tells; return the text without those words, so none counts twice."""
    for match in compiled(pattern).finditer(text):
        value = reckon(match.groupdict())
        if value is not None and 0 < value <= _MOST:
            told.append(Told(value, *match.span()))
        text = blanked(text, *match.span())
    return text


def _by_week(words: dict[str, str | None]) -> int | None:
    unit, of = words["unit"] or "", words["of"] or words["unit"] or ""
    if words["low"] or words["least"] or unit[0].lower() != of[0].lower():
        return None
    often = {"once": 1, "twice": 2, "thrice": 3}.get((words["word"] or "once").lower(), 1)
    return _times(number(words["often"]) if words["often"] else often, words)


def _product(words: dict[str, str | None]) -> int | None:
    often = number(words["often"] or "")
    if words["low"] or often is None or often > _WEEKLY:
        return None
    return _times(often, words)


def _times(often: int | None, words: dict[str, str | None]) -> int | None:
    long = number(words["long"] or words.get("bare") or "")
    return None if often is None or long is None else often * long


def _count(words: dict[str, str | None]) -> int | None:
    return None if words.get("bound") else number(words["count"] or "")
