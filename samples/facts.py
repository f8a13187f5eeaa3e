"""Invents all the facts of one letter from a seed."""

from random import Random

from samples.citing import relied
from samples.citing_early import relied_early
from samples.cutdown import cut_down
from samples.kinds import KINDS
from samples.model import Dates, Facts, Item, Request, Worker
from samples.people import invent_dates, invent_reviewer, invent_worker
from samples.rationales import invent_rationale
from samples.regions import REGIONS, Region
from samples.services import invent_request
from samples.summaries import invent_summary

GENERATIONS = ("G1", "G2", "G3", "G4", "G5", "G6")
SHARES = (6, 5, 9, 35, 33, 12)  # of a hundred letters
DRUG_KINDS = tuple(kind.name for kind in KINDS.values() if kind.category == "pharmaceutical")
OTHER_KINDS = tuple(kind for kind in KINDS if kind not in (*DRUG_KINDS, "around operation"))
COUNTS = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 9)
COMMON = ("physical therapy", "imaging", "imaging", "nerve test", "acupuncture", "drug test")


def case_number(seed: int, year: int) -> str:
    """A number no real case has, another one for each of a million seeds in a row."""
    return (
        f"CM{year % 100:02}-{9_000_000 + (seed * 524_287 + seed // 1_000_000 * 7919) % 1_000_000}"
    )


def invent_facts(seed: int, generation: str | None = None, items: int | None = None) -> Facts:
    """The facts of one letter; the same seed, generation and count give the same facts."""
    rng = Random(f"{seed} {generation} {items}")
    generation = generation or rng.choices(GENERATIONS, SHARES)[0]
    dates, odd = invent_dates(rng, generation)
    worker, region = invent_worker(rng), rng.choice(REGIONS)
    requests = invent_requests(rng, region, items or rng.choice(COUNTS), dates.ur_denial.year)
    del requests[1 if generation == "G2" else 99 :]  # the form of G2 tells one issue
    decided = [decide(rng, generation, request, worker) for request in requests]
    found = tuple(item for item, _, _ in decided)
    diagnoses = invent_diagnoses(rng, region)
    summary, traps = invent_summary(rng, worker, dates, region, diagnoses, found)
    for item, more, oddities in decided:
        traps, odd = traps | more | item_traps(item), odd | oddities
    return Facts(
        seed=seed,
        generation=generation,
        case_number=case_number(seed, dates.received.year),
        priority="expedited" if rng.random() < 0.05 else "standard",
        dates=dates,
        worker=worker,
        reviewer=invent_reviewer(rng, generation),
        summary=summary,
        diagnoses=diagnoses,
        items=found,
        wide=rng.random() < 0.3,
        traps=traps | case_traps(dates, worker, found),
        oddities=odd,
    )


def case_traps(dates: Dates, worker: Worker, items: tuple[Item, ...]) -> frozenset[str]:
    """What is hard about the case as a whole."""
    traps = {f"worker called {worker.called}"}
    if len({item.outcome for item in items}) == 2:
        traps.add("partial overturn")
    elif items[0].outcome == "overturned":
        traps.add("overturned only")
    if dates.told_injury is None:
        traps.add("no injury date in the summary")
    return frozenset(traps)


def item_traps(item: Item) -> frozenset[str]:
    """What is hard about an item's heading and citations."""
    traps = {*item.administrator.traps, *item.expert.traps}
    if item.lone_outcome:
        traps.add("outcome on its own line")
    if ":" in item.service:
        traps.add("colon in a heading")
    if len(item.service) > 250:
        traps.add("long heading")
    if ". " in item.request.service:
        traps.add("full stop in a heading")
    if "DOS" in item.service:
        traps.add("date in a heading")
    if item.requested:
        traps.add("cut down, the rest decided")
    elif "was the original request" in item.service:
        traps.add("cut down, all decided")
    if item.administrator.basis == "none":
        traps.add("no evidence cited")
    return frozenset(traps)


def invent_requests(rng: Random, region: Region, count: int, year: int) -> list[Request]:
    """Different requests for one worker; an operation brings services around it."""
    kinds: list[str] = []
    pools = (DRUG_KINDS, OTHER_KINDS, COMMON)
    while len(kinds) < count:
        kind = rng.choice(rng.choices(pools, (4, 4, 3))[0])
        if kind == "epidural" and region.chapter not in (8, 12):
            continue
        kinds.append(kind)
        if kind == "operation":
            kinds += ["around operation"] * rng.randint(0, 3)
    found: dict[str, Request] = {}
    for kind in kinds:
        request = invent_request(rng, region, kind, year)
        drug = request.category == "pharmaceutical"
        found.setdefault(request.short if drug else request.service, request)
    return list(found.values())


def invent_diagnoses(rng: Random, region: Region) -> tuple[str, ...]:
    """Up to five diagnoses of the body part; none in a few letters."""
    count = rng.choice((0, 1, 1, 2, 2, 2, 3, 3, 4, 5))
    side = rng.choice(("right", "left"))
    picked = rng.sample(region.diagnoses, min(count, len(region.diagnoses)))
    return tuple(diagnosis.format(side=side) for diagnosis in picked)


def decide(
    rng: Random, generation: str, request: Request, worker: Worker
) -> tuple[Item, frozenset[str], frozenset[str]]:
    """The item made of a request: cut down or not, decided, argued."""
    outcome = "upheld" if rng.random() < 0.89 else "overturned"
    cut = cut_down(rng, request) if rng.random() < 0.14 and generation >= "G4" else None
    disputed = cut.disputed if cut else None
    rationale, traps, odd = invent_rationale(
        rng, request, disputed or request.service, outcome, worker
    )
    cite = relied if generation >= "G4" else relied_early
    item = Item(
        request=request,
        service=cut.service if cut else request.service,
        outcome=outcome,
        administrator=cite(rng, generation, "administrator", request),
        expert=cite(rng, generation, "expert", request),
        rationale=rationale,
        ending=" is" if cut else "",
        lone_outcome=rng.random() < 0.04 and generation >= "G4",
        requested=cut.requested if cut else None,
        authorized=cut.authorized if cut else None,
        disputed=disputed,
    )
    odd |= {t for t in item_traps(item) if t == "page outside the guideline"}
    return item, traps, odd
