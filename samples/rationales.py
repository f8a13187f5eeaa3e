"""Invents the expert's rationale: guideline statements, the case, a verdict sentence."""

from random import Random

from samples import sentences
from samples.model import Request, Worker

TAPERED = ("opioid", "muscle relaxant", "sleep or anxiety drug")
Rationale = tuple[str, frozenset[str], frozenset[str]]


def invent_rationale(
    rng: Random, request: Request, decided: str, outcome: str, worker: Worker
) -> Rationale:
    """The rationale for a decision, its traps and its oddities."""
    traps, odd = set(), set()
    told = argument(rng, request, outcome)
    if rng.random() < 0.06:
        unsaid = [sentence for sentence in sentences.NEUTRAL if sentence not in told]
        told.append(f"{rng.choice(sentences.OTHERWISE)} {lowered(rng.choice(unsaid))}")
        traps.add("argues one way")
    verdict, found = invent_verdict(rng, outcome)
    traps |= found & {"no verdict sentence"}
    odd |= found - traps
    told.append(verdict)
    if request.kind in TAPERED and outcome == "upheld" and rng.random() < 0.3:
        told.append(rng.choice(sentences.TAPERING))
        traps.add("tapering notice")
    text = " ".join(sentence for sentence in told if sentence)
    text = text.replace("{service}", decided.replace("{", "")).replace("{short}", request.short)
    text = text.replace("{worker}", worker.called)
    text = text.replace("{n}", str(rng.randint(2, 5))).replace("{m}", str(rng.randint(6, 9)))
    if rng.random() < 0.05:
        text = glued(rng, text)
        traps.add("glued words")
    return text, frozenset(traps), frozenset(odd)


def argument(rng: Random, request: Request, outcome: str) -> list[str]:
    """What the guidelines say and how the case stands, for the outcome."""
    known = sentences.STATEMENTS[request.kind]
    told = rng.sample(known, min(len(known), rng.randint(1, 3)))
    authority = rng.choice(sentences.AUTHORITIES)
    told[0] = authority + (lowered(told[0]) if authority.endswith(", ") else told[0])
    reasons = sentences.AGAINST if outcome == "upheld" else sentences.IN_FAVOR
    told += rng.sample(reasons, rng.randint(1, 3))
    told += rng.sample(sentences.NEUTRAL, rng.randint(0, 3))
    return told


def invent_verdict(rng: Random, outcome: str) -> tuple[str, set[str]]:
    """The last sentence: the outcome's, none, or, rarely, the other outcome's."""
    roll = rng.random()
    if roll < 0.05:
        return rng.choice(sentences.NO_VERDICT[outcome]), {"no verdict sentence"}
    if roll < 0.058:
        outcome = "overturned" if outcome == "upheld" else "upheld"
        frames = sentences.UPHELD if outcome == "upheld" else sentences.OVERTURNED
        return rng.choice(frames), {"verdict contradicts the heading"}
    return rng.choice(sentences.UPHELD if outcome == "upheld" else sentences.OVERTURNED), set()


def lowered(sentence: str) -> str:
    """The sentence as it goes on after a comma; names and capitals keep their form."""
    if sentence[:2].isupper() or sentence[:1] in "{1234567890":
        return sentence
    return sentence[0].lower() + sentence[1:]


def glued(rng: Random, text: str) -> str:
    """The words run together somewhere, as typists do."""
    if "not medically" in text and rng.random() < 0.5:
        return text.replace("not medically", "notmedically", 1)
    stops = [n for n in range(len(text) - 2) if text[n : n + 2] == ". " and text[n - 1].isalpha()]
    if not stops:
        return text
    at = rng.choice(stops)
    return text[: at + 1] + text[at + 2 :]
