"""What the clinical summary says of the worker, and treatments and categories of headings."""

from datetime import date

import pytest

from reviews.reading import diagnoses, services, summary
from reviews.reading.clean import Clean, clean
from reviews.reading.text import from_string


def told(printed: str) -> tuple[Clean, int, int]:
    letter = clean(from_string(printed))
    return letter, 0, len(letter.text)


@pytest.mark.parametrize(
    ("printed", "age"),
    [
        ("The worker is a 57-year-old weaver.", 57),
        ("a now 43 year old woman", 43),
        ("a(n) 46 year old", 46),
        ("a 39-\nyear-old dyer", 39),
        ("This 61 y/o man", 61),
        ("a 61 yr. old man, a 62-yr-old woman", 61),
        ("She is 35 years of age.", 35),
        ("with a 2-year history of pain", None),
        ("20 years of work at the loom", None),
        ("has a 3 year old daughter; the worker is a 30 year old man", 30),
    ],
)
def test_ages(printed: str, age: int | None) -> None:
    found = summary.age(*told(printed))
    assert (found and found.value) == age


@pytest.mark.parametrize(
    ("printed", "sex"),
    [
        ("a 57-year-old female", "female"),
        ("a 57 year old right-handed gentleman", "male"),
        ("The 35 year old male worker", "male"),
        ("a 57-year-old weaver. She fell and hurt her arm.", "female"),  # pronouns that agree
        ("a 57-year-old weaver. He and his sister: she helps.", None),  # and that do not
    ],
)
def test_sexes(printed: str, sex: str | None) -> None:
    letter, start, end = told(printed)
    found = summary.sex(letter, start, end, printed.index("5"[0]) if "57" in printed else 0)
    assert (found and found.value) == sex


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("sustained an industrial injury on 5-6-12.", date(2012, 5, 6)),
        ("with a date of injury of 5/6/2012", date(2012, 5, 6)),
        ("an occupational claim from 05/06/2012.", date(2012, 5, 6)),
        ("associated with an industrial injury of May 6, 2012.", date(2012, 5, 6)),
        ("an industrial injury on May 06,\n2012 when a loom fell", date(2012, 5, 6)),
        ("an injury on 2012-05-06", date(2012, 5, 6)),
        ("an injury on 6 May 2012", date(2012, 5, 6)),
        ("was struck by a loom on 5.6.2012", date(2012, 5, 6)),
        ("was seen on 5/6/2012", None),
    ],
)
def test_injury_dates(printed: str, day: date | None) -> None:
    found = summary.injury(*told(printed))
    assert (found and found.value) == day


def test_mechanism_and_treatment() -> None:
    letter = told(
        "The mechanism of injury is detailed as a falling loom. Treatment to date has included "
        "rest and tea. He rested."
    )
    mechanism, treatment = summary.mechanism(*letter), summary.treatment_to_date(*letter)
    assert mechanism and mechanism.value == "a falling loom"
    assert treatment and treatment.value == "rest and tea"


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Diagnoses include knee strain.", ["knee strain"]),
        ("was diagnosed as having sciatica and lumbago.", ["sciatica", "lumbago"]),
        (
            "is undergoing treatment for a neck strain and a wrist sprain.",
            ["neck strain", "wrist sprain"],
        ),
        ("The current diagnoses are documented as myalgia; a knee tear; and hip pain.", None),
        ("being treated for the diagnosis of back pain. He rested.", ["back pain"]),
        # what only says more of the one before
        (
            "Diagnoses include knee strain, subsequent encounter and hip pain.",
            ["knee strain, subsequent encounter", "hip pain"],
        ),
        (
            "Diagnoses include strain of the hip, ankle, and foot.",
            ["strain of the hip, ankle, and foot"],
        ),
        ("Diagnoses include contusion, hand.", ["contusion, hand"]),
        (
            "Diagnoses: (1) depression, single episode; 2) a knee sprain.",
            ["depression, single episode", "knee sprain"],
        ),
        ("Diagnoses include knee sprain and strain.", ["knee sprain and strain"]),
        (
            "Diagnoses include strain of the muscle, fascia, and tendon of the neck; myalgia.",
            ["strain of the muscle, fascia, and tendon of the neck", "myalgia"],
        ),
        # places that wait for their condition
        ("Diagnoses include elbow, hip, and neck strain.", ["elbow, hip, and neck strain"]),
        (
            "Diagnoses include myalgia, right and left knee pain.",
            ["myalgia", "right and left knee pain"],
        ),
        ("Diagnostic tests were normal.", []),
        ("", []),
    ],
)
def test_diagnoses(printed: str, names: list[str] | None) -> None:
    found = [diagnosis.value for diagnosis in diagnoses.read(*told(printed))]
    assert found == (["myalgia", "knee tear", "hip pain"] if names is None else names)


@pytest.mark.parametrize(
    ("heading", "category", "treatment"),
    [
        ("Soma 350mg #60", "pharmaceutical", "carisoprodol"),
        ("Unheardofine 5mg #30", "pharmaceutical", None),
        ("Voltaren gel 1%", "pharmaceutical", "diclofenac topical"),  # the longest name counts
        ("MRI of the left knee", "diagnostic", "MRI"),
        ("EMG/NCV of both arms", "diagnostic", "EMG/NCV"),
        ("Physical therapy 2 times a week", "therapy", "physical therapy"),
        ("Physical therapy evaluation", "evaluation", "physical therapy"),
        ("Referral to a chiropractor, twice a week for 3 weeks", "therapy", None),
        ("Electrical stimulation, 6 sessions", "therapy", None),
        ("TENS unit purchase", "dme", None),
        ("Knee brace", "dme", None),
        ("Right L4-L5 transforaminal epidural injection", "injection", None),
        ("Left knee arthroscopy", "surgery", "knee arthroscopy"),
        ("Associated surgical service: Cold therapy unit", "surgery", None),
        ("Consultation with a knee surgeon for arthroplasty", "evaluation", None),
        ("Six sessions of psychotherapy", "mental_health", None),
        ("Functional restoration program", "program", None),
        ("Home health aide 4 hours a day", "home_health", None),
        ("Root canal of tooth 8", "dental", None),
        ("Interpreter", "other", None),
        # only the decided part of a cut-down request counts
        (
            "MRI and Soma was the original request. MRI was authorized by the Claims "
            "Administrator. The remaining IMR eligible portion of the original request, Soma",
            "pharmaceutical",
            "carisoprodol",
        ),
    ],
)
def test_categories(heading: str, category: str, treatment: str | None) -> None:
    kind = services.kind(heading)
    assert kind.category == category
    if treatment:
        assert kind.treatment == treatment


@pytest.mark.parametrize(
    ("heading", "alone", "beside"),
    [
        ("Pre-operative EKG", "diagnostic", "surgery"),
        ("Post-operative physical therapy, 12 visits", "therapy", "surgery"),
        ("Post-op Norco 5/325mg #60", "pharmaceutical", "pharmaceutical"),
    ],
)
def test_what_goes_with_a_surgery_in_dispute(heading: str, alone: str, beside: str) -> None:
    assert services.kind(heading).category == alone
    assert services.kind(heading, with_surgery=True).category == beside
