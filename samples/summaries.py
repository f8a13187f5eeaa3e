"""Invents the clinical case summary: the worker, the injury, the findings, the denial."""

from datetime import timedelta
from random import Random

from samples.model import Dates, Item, Worker
from samples.people import written
from samples.regions import Region

MECHANISMS = (
    "lifting a crate of produce",
    "a fall from a loading dock",
    "a slip on a wet kitchen floor",
    "repetitive overhead work",
    "a rear-end collision while driving a delivery van",
    "cumulative trauma from customary job duties",
    "catching a falling ladder",
    "pulling a jammed pallet jack",
)
TREATMENTS = (
    "physical therapy",
    "medication management",
    "activity modification",
    "chiropractic care",
    "at least six (6) acupuncture sessions",
    "a home exercise program",
    "bracing",
    "two epidural steroid injections",
    "diagnostic studies",
    "modified work duties",
    "ice and heat",
)
COMPLAINTS = (
    "aching pain rated {n}/10 that is worse with prolonged standing",
    "sharp pain, {n} on a 10-point scale, with radiation to the limb",
    "stiffness in the morning and trouble sleeping",
    "constant pain rated {n} out of 10 without medication",
    "numbness and tingling that come and go",
    "pain that limits self-care and household chores",
)
ASIDES = (
    "There was a 2-year history of similar complaints before the claim.",
    "The records were partly handwritten and hard to read.",
    "An earlier request had been modified by the claims administrator and then withdrawn.",
    "Work status was temporarily totally disabled.",
    "A prior physical therapy course was certified for 6 visits.",
    "Past medical history includes hypertension and type 2 diabetes.",
    "The injured worker's spouse, 61 years old, helps with chores.",
    "Over-the-counter remedies were tried for 3 weeks.",
)
AGES = {
    "dash": "{age}-year-old {sex}",
    "space": "{age} year old {sex}",
    "dash-less now": "now {age}-year-old {sex}",
}


def listing(rng: Random, words: tuple[str, ...]) -> str:
    """ "a", "a and b", "a, b and c" or "a; b; and c"."""
    if len(words) == 1:
        return words[0]
    if len(words) > 2 and rng.random() < 0.12:
        return "; ".join(words[:-1]) + f"; and {words[-1]}"
    comma = "," if len(words) > 2 and rng.random() < 0.5 else ""
    return ", ".join(words[:-1]) + f"{comma} and {words[-1]}"


def opening(rng: Random, worker: Worker, dates: Dates, region: Region) -> tuple[str, str]:
    """The first sentence and the form its age has."""
    form = rng.choice(("dash", "dash", "space", "space", "dash-less now"))
    who = AGES[form].format(age=worker.age, sex=worker.sex)
    article = "an" if str(worker.age)[0] == "8" and "now" not in who else "a"
    article = rng.choice((article, article, article, article, "a(n)"))
    if dates.told_injury is None:
        return f"The {worker.called} is {article} {who} with a work-related injury.", form
    day = written(rng, dates.told_injury)
    frames = (
        f"The {worker.called} is {article} {who} who sustained an industrial injury on {day}.",
        f"The {worker.called} is {article} {who}, who sustained an industrial injury on {day}.",
        f"The {worker.called} is {article} {who} with an industrial injury date of {day}.",
        f"This is {article} {who} with a date of injury on {day}.",
        f"The {who.removeprefix('now ')} {worker.called} suffered an industrial injury on {day}.",
        f"The {worker.called} is {article} {who}, with a reported date of injury of {day}.",
        f"This case involves {article} {who} with a history of an occupational claim from {day}.",
        f"The {worker.called} is {article} {who} who has filed a claim for chronic "
        f"{region.name} pain reportedly associated with an industrial injury of {day}.",
    )
    return rng.choice(frames), form


def diagnosed(rng: Random, worker: Worker, diagnoses: tuple[str, ...]) -> str:
    names = listing(rng, diagnoses)
    verb = "diagnosis is" if len(diagnoses) == 1 else "diagnoses are"
    frames = (
        f"The {worker.called} was diagnosed as having {names}.",
        f"The {worker.called} was diagnosed with {names}.",
        f"Diagnoses include {names}.",
        f"The current {verb} documented as {names}.",
        f"The {worker.called} is undergoing treatment for {names}.",
        f"The {worker.called} is being treated for {names}.",
    )
    return rng.choice(frames)


def course(rng: Random, worker: Worker, dates: Dates, region: Region) -> list[str]:
    """Mechanism, treatment to date, complaint, findings: in this order, some left out."""
    visit = dates.ur_denial - timedelta(days=rng.randint(8, 30))
    day, finding = written(rng, visit), rng.sample(region.findings, 3)
    they, complaint = worker.they, rng.choice(COMPLAINTS).format(n=rng.randint(2, 9))
    care = listing(rng, tuple(rng.sample(TREATMENTS, rng.randint(2, 4))))
    told = [
        f"The mechanism of injury is detailed as {rng.choice(MECHANISMS)}.",
        f"{they} reported {complaint.split(' that')[0]} at the first visit.",
        f"Treatment to date has included {care}.",
        f"On {day}, the {worker.called} complained of {complaint}.",
        f"Physical examination of the {region.name} showed {finding[0]} and {finding[1]}.",
        f"The treating provider reported on {day} that there was {finding[2]}.",
    ]
    kept = [sentence for sentence in told if rng.random() < 0.75]
    if rng.random() < 0.45:
        kept.insert(rng.randint(0, len(kept)), rng.choice(ASIDES))
    return kept


def denial(rng: Random, worker: Worker, dates: Dates, items: tuple[Item, ...]) -> str:
    """What utilization review did: the claims administrator's words, not the outcome."""
    services = listing(rng, tuple(item.decided.split(":")[0] for item in items[:3]))
    services = services[0].lower() + services[1:] if not services[:3].isupper() else services
    day = written(rng, dates.ur_denial)
    frames = (
        f"On {day}, Utilization Review non-certified the request for {services}.",
        f"The utilization review determination of {day} denied {services}.",
        f"The treatment plan included {services}. On {day} the request was modified.",
        f"In a utilization review report dated {day}, the claims administrator failed to approve "
        f"a request for {services}.",
        f"The request for {services} was denied by utilization review as not medically necessary.",
        f"A previous request was certified, while on {day} {services} was not certified.",
    )
    return rng.choice(frames)


def invent_summary(
    rng: Random,
    worker: Worker,
    dates: Dates,
    region: Region,
    diagnoses: tuple[str, ...],
    items: tuple[Item, ...],
) -> tuple[str, frozenset[str]]:
    """The whole summary, and the traps in it."""
    first, form = opening(rng, worker, dates, region)
    told = [first]
    if diagnoses:
        told.append(diagnosed(rng, worker, diagnoses))
    told += course(rng, worker, dates, region)
    traps = {f"age: {form}"}
    if any("2-year" in sentence for sentence in told):
        traps.add("years that are no age")
    if rng.random() < 0.9:
        told.append(denial(rng, worker, dates, items))
        traps.add("denied in the summary")
    return " ".join(told), frozenset(traps)
