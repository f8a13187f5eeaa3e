"""Invents requests: the service as an item's heading names it."""

from collections.abc import Callable
from random import Random

from samples.formulary import DRUGS, TOPICALS
from samples.kinds import KINDS
from samples.model import Request
from samples.regions import Region

NUMBERS = ("Six", "Eight", "Twelve", "Four", "Ten", "Eighteen")
QUANTITIES = (20, 30, 42, 60, 90, 120, 180)
LABS = ("CBC", "CMP", "BMP", "PT/PTT", "EKG", "Hepatic panel", "Urinalysis")
ADJUNCTS = (
    "Associated surgical service: Assistant surgeon",
    "Associated surgical service: Cold therapy unit, 7 day rental",
    "Associated surgical service: Physical therapy, times 12",
    "Pre-operative medical clearance",
    "Pre-operative EKG",
    "Associated surgical service: Post-op sling",
    "Associated surgical service: Pre-op labs: CBC, CMP",
)
CONSULTS = (
    "Pain management consultation",
    "Orthopedic follow-up visit in 6 weeks",
    "Neurology consult",
    "Referral to a spine surgeon for evaluation",
    "Internal medicine consultation for hypertension",
    "Follow-up office visits x{r}",
)
MINDS = (
    "Cognitive behavioral therapy, {n} sessions",
    "Psychological evaluation",
    "Individual psychotherapy once a week for {n} weeks",
    "Biofeedback {n} sessions",
    "Psychiatric consultation and medication management",
)
PROGRAMS = (
    "Functional restoration program, {n} days",
    "Gym membership for {n} months",
    "Work hardening program, 3 times a week for {r} weeks",
    "Weight loss program, 10 weeks",
    "Initial evaluation for a multidisciplinary pain program: {n} half days",
)
HOME = (
    "Home health aide 4 hours a day, 5 days a week for {n} weeks",
    "Home health care RN visits twice weekly for {r} weeks",
    "Transportation to and from all medical appointments",
)
DENTAL = (
    "Dental crown, tooth #{n}",
    "Root canal therapy of teeth #8 and #9",
    "Periodontal scaling, four quadrants",
    "Night guard for bruxism; dental follow-up",
)
OTHERS = (
    "Interpreter services for all visits",
    "Preparation of a supplemental medical report",
    "Copying of medical records, 212 pages",
)
DETAILS = (
    "to be provided by a certified provider within the medical provider network",
    "with reports to the primary treating physician every 4 weeks",
    "as outlined in the Request for Authorization (RFA) of the treating physician",
    "including all associated supplies, set-up, delivery and instruction",
    "per the report of the secondary treating physician",
    "for chronic intractable pain after the failure of first-line treatment",
    "not to exceed one unit per day",
    "with follow-up in four to six weeks",
    "and transfer of the results to the referring office",
)


def side_of(rng: Random, region: Region) -> str:
    """ "right shoulder", "lumbar spine": the part of the body with its side."""
    if not region.sided:
        return region.name
    return f"{rng.choice(('right', 'left', 'right', 'left', 'bilateral'))} {region.name}"


def drug(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    """A drug's heading in one of the shapes letters have, and its bare name."""
    name, strengths = rng.choice(DRUGS[kind])
    strength, quantity, more = rng.choice(strengths), rng.choice(QUANTITIES), rng.randint(1, 5)
    day = f"{rng.randint(1, 12):02}/{rng.randint(1, 28):02}"
    shapes = (
        f"{name} {strength} #{quantity}",
        f"{name} {strength} #{quantity}",
        f"1 prescription of {name} {strength} #{quantity}",
        f"{name} {strength}, #{quantity} with {more} refills",
        f"Prescription of {name} {strength} #{quantity}, one tablet every 6-8 hours as needed",
        f"Retrospective {name} {strength} #{quantity} (DOS {day}/{{year}})",
        f"{name} {strength} (unknown quantity)",
        f"{name} {strength} #60 day supply: {rng.choice((30, 60))}",
        f"{name} {strength} Qty. {quantity}",
        f"Post-op {name} {strength} #{quantity}, 1-2 tabs orally every 4-6 hrs as needed",
    )
    return rng.choice(shapes), name.split(" (")[0]


def topical(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    return fill(rng, rng.choice(TOPICALS)), "the topical agent"


def therapy(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    """A course of therapy: so many visits, so many weeks, which part of the body."""
    what = {"chiropractic": "chiropractic treatment"}.get(kind, kind)
    part, count = side_of(rng, region), rng.choice(NUMBERS)
    times, weeks = rng.randint(1, 3), rng.choice((2, 3, 4, 6))
    shapes = (
        f"{count} {what} visits for the {part}",
        f"{what} {times} times a week for {weeks} weeks for the {part}",
        f"additional {what}, {times} to {times + 1} times per week for {weeks} weeks, {part}",
        f"{what} for the {part}, {times * weeks} sessions",
        f"{what} two times four visits (8) for the {part}",
        f"post-operative {what} {times}x{weeks} {part}",
        f"{what} for the {part}; evaluation included, {times * weeks} visits",
    )
    shape = rng.choice(shapes)
    return shape[0].upper() + shape[1:], what


def imaging(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    test = rng.choice([t for t in region.tests if not t.startswith(("EMG", "Nerve"))])
    part, day = side_of(rng, region), f"{rng.randint(1, 12)}/{rng.randint(1, 28)}"
    shapes = (
        f"{test} of the {part} without contrast",
        f"{test} of the {part}",
        f"{test} {part}",
        f"{test} of the {part} (1.5 Tesla, open)",
        f"Retrospective {test} of the {part} (DOS {day}/{{year}})",
        f"{test} of the {part} with and without contrast, #1",
    )
    return rng.choice(shapes), f"the {test}"


def nerve_test(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    limbs = rng.choice(("bilateral", "right", "left")) + " "
    limbs += "lower extremities" if region.chapter > 11 else "upper extremities"
    shapes = (
        f"EMG/NCV of the {limbs}",
        f"1 EMG (electromyography)/NCV (nerve conduction velocity) of the {limbs}",
        f"EMG of the {limbs}",
        f"NCV {limbs} QTY: 2",
        f"Nerve conduction studies of the {limbs}",
    )
    return rng.choice(shapes), "electrodiagnostic testing"


def drug_test(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    shapes = (
        "Urine drug screen",
        "Urine toxicology testing, {r} times a year",
        "Urine drug testing",
    )
    return fill(rng, rng.choice(shapes)), "the urine drug screen"


def laboratory(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    first, second = rng.sample(LABS, 2)
    shapes = (f"Labs to include: {first}", f"Lab work: {first}, {second}", f"{first} and {second}")
    return rng.choice(shapes), "the laboratory testing"


def stimulator(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    part = side_of(rng, region)
    shapes = (
        f"TENS unit, 30 day trial, {part}",
        "Purchase of a TENS unit",
        f"H-wave device, {rng.randint(1, 3)} month rental",
        "TENS unit with electrodes, batteries and supplies for 12 months",
        f"Interferential unit for the {part}, home use",
    )
    return rng.choice(shapes), "the stimulator"


def device(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    name = rng.choice(region.devices)
    shapes = (name, f"{name} (purchase)", f"{name} for {rng.choice((14, 30, 60))} day rental")
    return rng.choice(shapes), f"the {name[0].lower() + name[1:]}"


def epidural(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    level = rng.choice(("L4-L5", "L5-S1") if region.chapter == 12 else ("C5-C6", "C6-C7"))
    side = rng.choice(("Right", "Left", "Bilateral"))
    shapes = (
        f"{side} {level} transforaminal epidural steroid injection",
        f"{level} interlaminar epidural steroid injection with fluoroscopy, times 1",
        f"{side} {level} epidural steroid injection",
    )
    return rng.choice(shapes), "the epidural steroid injection"


def injection(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    part = side_of(rng, region)
    shapes = (
        f"Trigger point injections, {part}, quantity {rng.randint(1, 4)}",
        f"Cortisone injection, {part}, under ultrasound guidance",
        f"One platelet-rich plasma injection to the {part}",
        f"Medial branch blocks, {part}",
    )
    return rng.choice(shapes), "the injection"


def operation(rng: Random, region: Region, kind: str) -> tuple[str, str]:
    side = rng.choice(("right", "left"))
    text = rng.choice(region.surgeries).format(side=side, Side=side.capitalize())
    return text, "the surgery"


def listed(
    choices: tuple[str, ...], short: str
) -> Callable[[Random, Region, str], tuple[str, str]]:
    def invent(rng: Random, region: Region, kind: str) -> tuple[str, str]:
        return fill(rng, rng.choice(choices)), short

    return invent


def fill(rng: Random, text: str) -> str:
    return text.format(q=rng.choice(QUANTITIES), r=rng.randint(2, 5), n=rng.randint(6, 20))


MAKERS: dict[str, Callable[[Random, Region, str], tuple[str, str]]] = {
    **dict.fromkeys(DRUGS, drug),
    **dict.fromkeys(("physical therapy", "chiropractic", "acupuncture"), therapy),
    "topical": topical,
    "imaging": imaging,
    "nerve test": nerve_test,
    "drug test": drug_test,
    "laboratory": laboratory,
    "stimulator": stimulator,
    "device": device,
    "epidural": epidural,
    "injection": injection,
    "operation": operation,
    "around operation": listed(ADJUNCTS, "this service"),
    "consultation": listed(CONSULTS, "the consultation"),
    "capacity evaluation": listed(
        ("Functional capacity evaluation", "Functional capacity evaluation (FCE)"),
        "the functional capacity evaluation",
    ),
    "psychology": listed(MINDS, "the psychological care"),
    "program": listed(PROGRAMS, "the program"),
    "home care": listed(HOME, "the home care"),
    "dental": listed(DENTAL, "the dental care"),
    "other": listed(OTHERS, "this service"),
}


def invent_request(rng: Random, region: Region, kind: str, year: int) -> Request:
    """A request of this kind for this part of the body; a few are told at great length."""
    service, short = MAKERS[kind](rng, region, kind)
    service = service.replace("{year}", str(year))
    if rng.random() < 0.03:
        details = rng.sample(DETAILS, rng.randint(3, len(DETAILS)))
        service += ", " + ", ".join(details)
    return Request(service, KINDS[kind].category, kind, short, region.name)
