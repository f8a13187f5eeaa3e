"""What a reading doubts about itself: parts not found, words not understood, contradictions."""

import re

from reviews.reading import cover, services, summary
from reviews.reading.clean import Clean
from reviews.reading.outline import RANK, Block
from reviews.reading.parts import Parts
from reviews.reading.types import Determination, Doubt, Item
from reviews.reading.verdict import last_verdict

_LONGEST_HEADING = 900
_LOOSE_OUTCOME = re.compile(r":\s*(?:Upheld|Overturned)\b", re.IGNORECASE)
_LEGIBLE = 90  # per cent: scans recognised with less are compared by a person
_DECIDES = re.compile(r"medically\s*necessary\s*\.\s+\S", re.IGNORECASE)


def flags(letter: Clean, parts: Parts, determination: Determination) -> list[Doubt]:
    """The flags of a reading, beside those raised while it was read."""
    doubts = list(parts.flags)
    if not determination.items:
        doubts.append(Doubt("no-items", "No disputed item was recognised."))
    doubts.extend(_legibility(letter.letter.confidence))
    doubts.extend(_unread_pages(letter.letter.pictures))
    if parts.letters > 1:
        doubts.append(Doubt("several-letters", f"This text holds {parts.letters} letters."))
    for number, (block, item) in enumerate(zip(parts.blocks, determination.items, strict=True), 1):
        doubts.extend(_item_flags(letter, parts, number, block, item))
    doubts.extend(_unclaimed(letter, determination))
    if determination.items and bool(determination.licensed_in) != bool(determination.specialties):
        sentence = "Only one of the reviewer's licensure and specialty was found."
        doubts.append(Doubt("credentials-incomplete", sentence))
    if determination.clinical_summary:
        doubts.extend(_worker_flags(letter, parts, determination))
    elif parts.summary and not re.search(r"\w", letter.text[slice(*parts.summary)]):
        span = letter.span(*parts.summary)
        doubts.append(Doubt("part-empty", "The clinical summary is empty.", span))
    elif summary.age(letter, 0, parts.items_start):
        doubts.append(Doubt("summary-missing", "A worker is described, but no case summary found."))
    return doubts


def _legibility(confidence: float | None) -> list[Doubt]:
    if confidence is None or confidence >= _LEGIBLE:
        return []
    sentence = f"The scan is poorly legible: its words were recognised {confidence:.0f} % sure."
    return [Doubt("scan-poor", sentence)]


def _unread_pages(pictures: tuple[int, ...]) -> list[Doubt]:
    if not pictures:
        return []
    if len(pictures) == 1:
        return [Doubt("pages-unread", f"Page {pictures[0]} is a picture and was not read.")]
    numbers = ", ".join(map(str, pictures))
    return [Doubt("pages-unread", f"Pages {numbers} are pictures and were not read.")]


def _item_flags(letter: Clean, parts: Parts, number: int, block: Block, item: Item) -> list[Doubt]:
    named = f"Item {number}"
    return [
        *_outcome_flags(letter, named, block, item),
        *_heading_flags(letter, named, block, item),
        *_part_flags(letter, named, parts, block),
        *_verdict_flags(letter, named, block, item),
    ]


def _outcome_flags(letter: Clean, named: str, block: Block, item: Item) -> list[Doubt]:
    if block.strange:
        word = letter.text[slice(*block.strange)]
        sentence = f"{named}: {word!r} is not an outcome this reader knows."
        return [Doubt("outcome-unknown", sentence, letter.span(*block.strange))]
    if item.outcome is None:
        return [Doubt("outcome-missing", f"{named} gives no outcome.", item.service.span)]
    return []


def _heading_flags(letter: Clean, named: str, block: Block, item: Item) -> list[Doubt]:
    service = item.service.value
    if not re.search(r"\w", service):
        return [Doubt("heading-missing", f"{named} has no heading.", letter.span(*block.heading))]
    if not block.sure:
        sentence = f"Where the heading of {named.lower()} begins is not certain."
        return [Doubt("heading-unsure", sentence, item.service.span)]
    if len(service) > _LONGEST_HEADING or _DECIDES.search(service):
        return [Doubt("heading-odd", f"{named}'s heading may hold other text.", item.service.span)]
    if services.looks_cut_down(service):
        sentence = f"{named} speaks of an original request in words this reader does not know."
        return [Doubt("request-unclear", sentence, item.service.span)]
    return []


def _part_flags(letter: Clean, named: str, parts: Parts, block: Block) -> list[Doubt]:
    wanted = list(RANK) if block.marks else ["expert", "rationale"]
    doubts = [
        Doubt("part-missing", f"{named} has no {part} part.", letter.span(*block.heading))
        for part in wanted
        if part not in block.parts
    ]
    for part, (start, end) in block.parts.items():
        if match := _LOOSE_OUTCOME.search(letter.text, start, end):
            sentence = f"{named}'s {part} holds words that look like another item's outcome."
            doubts.append(Doubt("outcome-loose", sentence, letter.span(*match.span())))
    return doubts


def _verdict_flags(letter: Clean, named: str, block: Block, item: Item) -> list[Doubt]:
    """A rationale that is empty, or whose own last verdict contradicts the outcome."""
    if "rationale" not in block.parts or item.outcome is None or item.rationale is None:
        return []
    if not re.search(r"\w", item.rationale.value):
        return [Doubt("part-empty", f"{named}'s rationale is empty.", item.rationale.span)]
    verdict = last_verdict(letter.text, *block.parts["rationale"])
    if verdict is None or verdict.upheld == (item.outcome.value == "upheld"):
        return []
    sentence = f"{named} is {item.outcome.value}, but its rationale concludes otherwise."
    return [Doubt("verdict-differs", sentence, letter.span(verdict.start, verdict.end))]


def _unclaimed(letter: Clean, determination: Determination) -> list[Doubt]:
    doubts = []
    for section in determination.sections:
        text = letter.letter.text[section.span.start : section.span.end]
        if section.name == "unclaimed" and not cover.is_letterhead(text):
            doubts.append(
                Doubt("unclaimed-text", "No part of the letter claims this text.", section.span)
            )
    return doubts


def _injury_flags(letter: Clean, parts: Parts, determination: Determination) -> list[Doubt]:
    """Without a header's date of injury the summary's is taken, which may be unclear."""
    injury = determination.injury
    if injury is None and parts.summary and summary.names_a_day(letter, *parts.summary):
        return [Doubt("injury-unclear", "A day is named that may be the day of injury.")]
    if injury and injury.rule.startswith("summary") and summary.is_period(letter, injury):
        sentence = "The injury is dated by a period; its first day is taken."
        return [Doubt("injury-unclear", sentence, injury.span)]
    return []


def _worker_flags(letter: Clean, parts: Parts, determination: Determination) -> list[Doubt]:
    told = determination.clinical_summary
    span = told.span if told else None
    doubts = []
    doubts.extend(_injury_flags(letter, parts, determination))
    if determination.age is None:
        doubts.append(Doubt("age-missing", "The clinical summary gives no age.", span))
    if determination.sex is None:
        doubts.append(Doubt("sex-missing", "The clinical summary does not tell the sex.", span))
    return doubts
