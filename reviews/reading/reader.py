"""One letter, text to determination: outline first, then each part by its own module."""

from dataclasses import replace

from reviews.reading import (
    checks,
    citations,
    cover,
    details,
    diagnoses,
    flags,
    generation,
    header,
    notices,
    rationales,
    reviewer,
    services,
    summary,
)
from reviews.reading.clean import Clean, clean
from reviews.reading.cover import Cover
from reviews.reading.header import Header
from reviews.reading.outline import Block
from reviews.reading.parts import Parts, find_parts
from reviews.reading.sections import Cut, partition
from reviews.reading.types import (
    Basis,
    Citation,
    Determination,
    Doubt,
    Found,
    Item,
    LetterText,
    Outcome,
    Side,
)
from reviews.reading.values import found, trimmed

VERSION = "1"


def read(text: LetterText) -> Determination:
    """What one letter says. Never raises for what a letter prints."""
    return read_clean(clean(text))


def read_clean(letter: Clean) -> Determination:
    """The same of a text that is clean already."""
    parts = find_parts(letter)
    head = header.read_header(letter, parts.header_end)
    front = cover.read_cover(letter, head.start if head.labels else parts.header_end)
    doubts = list(head.flags)
    items = [_item(letter, block, parts, doubts) for block in parts.blocks]
    determination = Determination(
        version=VERSION,
        generation=None,
        sections=partition(letter, _cuts(letter, parts, head, front)),
        cover_outcome=front.outcome if front else None,
        claim_number=front.claim if front else None,
        case_number=head.values.get("case_number"),
        assigned=head.values.get("assigned"),
        injury=head.values.get("injury"),
        decision=head.values.get("decision"),
        ur_denial=head.values.get("ur_denial"),
        received=head.values.get("received"),
        priority=head.values.get("priority"),
        items=tuple(items),
    )
    determination = _with_reviewer(letter, parts, determination, doubts)
    determination = _with_summary(letter, parts, determination)
    kind = generation.generation(parts.marks, determination)
    determination = replace(determination, generation=kind)
    doubts.extend(flags.flags(letter, parts, determination))
    told = tuple(notices.notices(parts, determination))
    return checks.checked(replace(determination, flags=tuple(doubts), notices=told))


def _with_reviewer(
    letter: Clean, parts: Parts, determination: Determination, doubts: list[Doubt]
) -> Determination:
    licensed, certified = determination.licensed_in, determination.specialties
    if parts.licensed_in:
        licensed, unknown = reviewer.states(letter, *parts.licensed_in)
        doubts.extend(unknown)
    if parts.specialties:
        certified, unknown = reviewer.specialties(letter, *parts.specialties)
        doubts.extend(unknown)
    if not (parts.licensed_in or parts.specialties):
        place = parts.credentials or (0, parts.items_start)
        licensed, certified = reviewer.in_prose(letter, *place)
    return replace(determination, licensed_in=licensed, specialties=certified)


def _with_summary(letter: Clean, parts: Parts, determination: Determination) -> Determination:
    if parts.summary is None:
        return determination
    start, end = trimmed(letter.text, *parts.summary)
    if start == end:
        return determination
    age = summary.age(letter, start, end)
    told = summary.injury(letter, start, end)
    at = letter.text.find(str(age.value), start) if age else None
    return replace(
        determination,
        clinical_summary=found(letter, letter.text[start:end], start, end, "section:summary"),
        age=age,
        sex=summary.sex(letter, start, end, at),
        injury=determination.injury or told,
        injury_told=told,
        mechanism=summary.mechanism(letter, start, end),
        treatment_to_date=summary.treatment_to_date(letter, start, end),
        diagnoses=diagnoses.read(letter, start, end),
    )


def _item(letter: Clean, block: Block, parts: Parts, doubts: list[Doubt]) -> Item:
    start, end = trimmed(letter.text, *block.service)
    service = letter.text[start:end]
    kind = services.kind(service, with_surgery=parts.with_surgery)
    cut = services.cut_down(service)
    split = {
        name: found(letter, service[first:last], start + first, start + last, "heading:cut-down")
        for name, (first, last) in cut.items()
    }
    return Item(
        service=found(letter, service, start, end, "heading:service"),
        outcome=_outcome(letter, block),
        category=kind.category,
        administrator=_side(letter, block, "administrator", doubts),
        expert=_side(letter, block, "expert", doubts),
        rationale=_text(letter, block, "rationale"),
        requested=split.get("requested"),
        authorized=split.get("authorized"),
        disputed=split.get("disputed"),
        treatment=kind.treatment,
        treatment_class=kind.treatment_class,
        rationale_citations=_named(letter, block),
        details=details.read(letter, *(start + at for at in services.decided(service))),
    )


def _named(letter: Clean, block: Block) -> tuple[Citation, ...]:
    if "rationale" not in block.parts:
        return ()
    return rationales.read(letter, *block.parts["rationale"])


def _outcome(letter: Clean, block: Block) -> Found[Outcome] | None:
    if block.outcome is None:
        return None
    start, end = block.outcome
    upheld = letter.text[start].lower() == "u" if block.upheld is None else block.upheld
    word: Outcome = "upheld" if upheld else "overturned"
    rule = "heading:outcome" if block.upheld is None else "sentence:outcome"
    return found(letter, word, start, end, rule)


def _text(letter: Clean, block: Block, part: str) -> Found[str] | None:
    if part not in block.parts:
        return None
    start, end = trimmed(letter.text, *block.parts[part])
    return found(letter, letter.text[start:end], start, end, f"section:{part}")


def _side(letter: Clean, block: Block, part: str, doubts: list[Doubt]) -> Side:
    text = _text(letter, block, part)
    if text is None:
        return Side("none", (), None)
    cited, unplaced = citations.read_block(letter, *block.parts[part])
    doubts.extend(unplaced)
    sources = {citation.source for citation in cited}
    basis: Basis = "mtus" if "MTUS" in sources else "outside" if sources else "none"
    return Side(basis, cited, text)


def _cuts(letter: Clean, parts: Parts, head: Header, front: Cover | None) -> list[Cut]:
    cuts = [Cut(mark.start, mark.part) for mark in parts.marks]
    if front:
        cuts = [cut for cut in cuts if cut.start >= front.end]
        cuts.append(Cut(0, "cover"))
    if head.labels:
        cuts.append(Cut(head.start, "header"))
        cuts.append(Cut(head.end, "unclaimed"))
    if parts.decisions is not None:
        cuts.append(Cut(parts.decisions, "decisions"))
    for number, block in enumerate(parts.blocks, 1):
        cuts.append(Cut(block.heading[0], f"item-{number}"))
        cuts.extend(Cut(start, part) for part, (start, _) in block.parts.items())
    return cuts
