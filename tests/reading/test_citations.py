"""Guideline blocks as printed, and what is read of them: a table of each generation's ways."""

import pytest

from reviews.reading import citations
from reviews.reading.clean import clean
from reviews.reading.text import from_string
from reviews.reading.types import Citation

Read = tuple[str, str | None, int | None, str | None, tuple[str, ...]]


def cited(printed: str) -> tuple[tuple[Citation, ...], list[str]]:
    letter = clean(from_string(printed))
    found, doubts = citations.read_block(letter, 0, len(letter.text))
    return found, [doubt.code for doubt in doubts]


def short(citation: Citation) -> Read:
    c = citation
    return c.source, c.guideline, c.year, c.printed_pages, c.sections


def mtus(
    slug: str | None, year: int | None = None, pages: str | None = None, *sections: str
) -> Read:
    return "MTUS", f"mtus-{slug}" if slug else None, year, pages, sections


def odg(slug: str, *sections: str, year: int | None = None, pages: str | None = None) -> Read:
    return "ODG", f"odg-{slug}" if slug else "odg", year, pages, sections


MTUS_2016 = [
    ("Shoulder Complaints 2004.", [mtus("shoulder", 2004)]),
    # sections after their label, names with commas kept whole
    (
        "Forearm, Wrist, and Hand Complaints 2004, Section(s): Initial Care, Summary.",
        [mtus("forearm-wrist-hand", 2004, None, "Initial Care", "Summary")],
    ),
    # several guidelines joined by ", and", which a section's name may hold too
    (
        "Postsurgical Treatment 2009, Section(s): Forearm, Wrist, & Hand, and Chronic Pain Medical "
        "Treatment 2016, Section(s): Opioids, criteria for use, Exercise.",
        [
            mtus("postsurgical", 2009, None, "Forearm, Wrist, & Hand"),
            mtus("chronic-pain", 2016, None, "Opioids, criteria for use", "Exercise"),
        ],
    ),
    # numbered sections hold colons and commas
    (
        "Opioid Treatment 2016, Section(s): 2.1 Opioids for Subacute Pain: Screening, Early: "
        "Adverse Events, 4. Opioids: Other.",
        [
            mtus(
                "opioids",
                2016,
                None,
                "2.1 Opioids for Subacute Pain: Screening, Early: Adverse Events",
                "4. Opioids: Other",
            )
        ],
    ),
    # a bare number after Section(s) stays a section
    ("Elbow Complaints 2007, Section(s): 326.", [mtus("elbow", 2007, None, "326")]),
    (
        "Knee Complaints 2004 Guidelines, Section(s): Summary.",
        [mtus("knee", 2004, None, "Summary")],
    ),
    # a general chapter's name is a section here, not a guideline
    (
        "General Approaches 2004, Section(s): Initial Approaches to Treatment.",
        [mtus("general-approaches", 2004, None, "Initial Approaches to Treatment")],
    ),
]

MTUS_2014 = [
    (
        "ACOEM Chapter 13 Knee Complaints Page(s): 334-336, 341.",
        [mtus("knee", None, "334-336, 341")],
    ),
    # the regulation's sections are no pages, broken at the hyphen or not
    (
        "Chronic Pain Treatment Guidelines 9792.20-.26 Page(s): 46.",
        [mtus("chronic-pain", None, "46")],
    ),
    (
        "Chronic Pain Treatment Guidelines 9792.20-\n.26 Page(s): 46.",
        [mtus("chronic-pain", None, "46")],
    ),
    (
        "Chronic Pain Treatment Guidelines 8 C.C.R. 9792.20 – 9792.26 MTUS (Effective July 18, "
        "2009) Page 24 of 127.",
        [mtus("chronic-pain", 2009, "24")],
    ),
    # run together, with commas, semicolons or nothing between, each with or without pages
    (
        "ACOEM Chapter 8 Neck and Upper Back Complaints, Chapter 12 Low Back Complaints Page(s): "
        "300 Chronic Pain Treatment Guidelines Topical Analgesics; Exercise pages 46–47.",
        [
            mtus("neck-upper-back"),
            mtus("low-back", None, "300"),
            mtus("chronic-pain", None, "46-47", "Topical Analgesics", "Exercise"),
        ],
    ),
    (
        "ACOEM Guidelines, Chapter 9 (Shoulder Complaints), pg. 209; Acupuncture Treatment "
        "Guidelines.",
        [mtus("shoulder", None, "209"), mtus("acupuncture")],
    ),
    # a chapter by number alone
    ("ACOEM Chapter 14 Page(s): 370 and 372.", [mtus("ankle-foot", None, "370, 372")]),
    # a chapter by number before a guideline that is none of ACOEM's
    (
        "ACOEM Chapter 9, Chronic Pain Treatment Guidelines.",
        [mtus("shoulder"), mtus("chronic-pain")],
    ),
    # a short name between separators, after another's pages
    (
        "ACOEM Chapter 12, page 300; Chronic Pain, p. 24.",
        [mtus("low-back", None, "300"), mtus("chronic-pain", None, "24")],
    ),
    ("2009, Chronic Pain, page 24.", [mtus("chronic-pain", 2009, "24")]),
    # the same name said twice
    (
        "Chronic Pain Treatment Guidelines Chronic Pain Medical Treatment Guidelines Page(s): 24.",
        [mtus("chronic-pain", None, "24")],
    ),
]

MTUS_2018 = [
    (
        "Low Back Disorders 2019, Section(s): Exercise, and Chronic Pain 2017, and Opioids 2017.",
        [
            mtus("low-back", 2019, None, "Exercise"),
            mtus("chronic-pain", 2017),
            mtus("opioids", 2017),
        ],
    ),
    ("Hand, Wrist, and Forearm Disorders 2019.", [mtus("forearm-wrist-hand", 2019)]),
    ("Workplace Mental Health: Anxiety Disorders 2021.", [mtus("mental-health", 2021)]),
    # "Opioids" without an edition is a section
    (
        "Chronic Pain 2017, Section(s): Opioids, Exercise.",
        [mtus("chronic-pain", 2017, None, "Opioids", "Exercise")],
    ),
]


@pytest.mark.parametrize(("printed", "expected"), MTUS_2016 + MTUS_2014 + MTUS_2018)
def test_mtus_statements(printed: str, expected: list[Read]) -> None:
    found, doubts = cited(f"Decision based on MTUS {printed}")
    assert [short(citation) for citation in found] == expected
    assert doubts == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Official Disability Guidelines (ODG), Shoulder.", [odg("shoulder")]),
        ("ODG guidelines, Neck and Upper back, MRI.", [odg("neck-upper-back", "MRI")]),
        ("ODG: Pain Chapter: Exercise.", [odg("pain", "Exercise")]),
        ("ODG Knee & Leg (Acute & Chronic) - Exercise.", [odg("knee-leg", "Exercise")]),
        ("Official Disability Guidelines, Elbow/ X-ray.", [odg("elbow", "X-ray")]),
        # one chapter under a long name
        (
            "ODG, Low Back - Lumbar & Thoracic (Acute & Chronic), Exercise.",
            [odg("low-back", "Exercise")],
        ),
        # versions and editions are neither chapter nor topic
        ("ODG, Hip and Pelvis (updated 1/2/15), X-ray.", [odg("hip-pelvis", "X-ray")]),
        ("ODG Pain (online version): Exercise.", [odg("pain", "Exercise")]),
        ("ODG Guidelines, 14th Edition, 2016, Knee Chapter.", [odg("knee-leg", year=2016)]),
        ("ODG Burns Procedure Summary Online Version: Skin.", [odg("burns", "Skin")]),
        # several chapters in one sentence
        (
            "ODG Knee/Exercise, Low Back Lumbar and Thoracic/Mattress.",
            [odg("knee-leg", "Exercise"), odg("low-back", "Mattress")],
        ),
        ("ODG, Neck and Upper Back; Low Back.", [odg("neck-upper-back"), odg("low-back")]),
        (
            "ODG Low Back, Exercise. Official Disability Guidelines (ODG) Massage.",
            [odg("low-back", "Exercise"), odg("", "Massage")],
        ),
        # a chapter's name that only begins a topic
        ("Official Disability Guidelines (ODG) Lumbar supports.", [odg("", "Lumbar supports")]),
        (
            "ODG, Shoulder, Exercise, and Knee & Leg Chapter & Hip Chapter, Exercise.",
            [odg("shoulder", "Exercise"), odg("knee-leg"), odg("hip-pelvis", "Exercise")],
        ),
        # no chapter: the word of a topic is none
        ("Official Disability Guidelines (ODG) MRI hand.", [odg("", "MRI hand")]),
        ("ODG.", [odg("")]),
        # the source is named only after its chapter
        (
            "Neck and Upper Back, Exercise, ODG Preface – Exercise.",
            [odg("neck-upper-back", "Exercise"), odg("", "Exercise")],
        ),
        (
            "ACOEM 3rd ed., Low Back Disorders, p 301.",
            [("ACOEM", "acoem", None, "301", ())],
        ),
        (
            "ACOEM Guidelines, Chapter 7, Independent Medical Examinations, page 137.",
            [("ACOEM", "acoem", None, "137", ())],
        ),
        ("https://a.example/b-\nc.html.", [("other", None, None, None, ())]),
        ("Manual of Looms, 4th edition, pg. 607.", [("other", None, None, "607", ())]),
        (
            "ODG Wrist and Other Medical Treatment Guidelines Manual of Looms.",
            [odg("forearm-wrist-hand"), ("other", None, None, None, ())],
        ),
    ],
)
def test_statements_outside_of_the_mtus(printed: str, expected: list[Read]) -> None:
    found, doubts = cited(
        "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS "
        f"Guidelines. Decision based on Non-MTUS Citation {printed}"
    )
    assert [short(citation) for citation in found] == expected
    assert doubts == []


@pytest.mark.parametrize("label", ["Non-MTUS", "Non-\nMTUS", "Non- MTUS", "NonMTUS", "Non–MTUS"])
def test_the_label_however_it_breaks(label: str) -> None:
    found, _ = cited(f"Decision based on {label} Citation ODG, Pain.")
    assert [short(citation) for citation in found] == [odg("pain")]


@pytest.mark.parametrize(
    "printed",
    [
        "The Claims Administrator did not cite any medical evidence for its decision.",
        "The Claims Administrator did not cite any evidence based criteria/ guidelines for its "
        "decision.",
        "",
    ],
)
def test_nothing_cited_is_nothing_doubtful(printed: str) -> None:
    assert cited(printed) == ((), [])


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # 2013: sentences, with "which is (not) part of the MTUS"
        (
            "The Claims Administrator based its decision on the Chronic Pain Medical Treatment "
            "Guidelines (May, 2009), Exercise, page 46, which is part of the MTUS.",
            [mtus("chronic-pain", 2009, "46", "Exercise")],
        ),
        (
            "Low Back Complaints (ACOEM Practice Guidelines, 2nd Edition (2004)), pgs. 300-301, "
            "part of the MTUS and the MTUS Chronic Pain Medical Treatment Guidelines, page 24.",
            [mtus("low-back", 2004, "300-301"), mtus("chronic-pain", None, "24")],
        ),
        (
            "The Expert Reviewer based his/her decision on the Official Disability Guidelines "
            "(ODG), Pain Chapter, Exercise, which is not part of the MTUS, and the ACOEM "
            "Guidelines, Chapter 13, Knee Complaints, page 330, which is part of the MTUS.",
            [odg("pain", "Exercise"), mtus("knee", None, "330")],
        ),
        (
            "ACOEM Guidelines, Chapter 12, page 300, which is not part of the MTUS.",
            [("ACOEM", "acoem", None, "300", ())],
        ),
    ],
)
def test_sentences_of_2013(printed: str, expected: list[Read]) -> None:
    found, doubts = cited(printed)
    assert [short(citation) for citation in found] == expected
    assert doubts == []


@pytest.mark.parametrize(
    "printed",
    [
        "Decision based on MTUS ACOEM.",  # which chapter?
        "Decision based on MTUS Weaving Guidelines 2011.",  # not in the catalogue
        "Decision based on Non-MTUS Citation Manual of Looms; Journal of Yarn.",  # one or two?
        "Decision based on Non-MTUS Citation ODG, Yarn, Pain, Exercise.",  # a topic, then a chapter
        "The Claims Administrator weighed all there was.",
    ],
)
def test_what_cannot_be_placed_is_flagged(printed: str) -> None:
    assert cited(printed)[1]


def test_a_label_that_is_wrong_is_a_notice() -> None:
    (found,), _ = cited("Decision based on MTUS Official Disability Guidelines, Pain.")
    assert short(found) == odg("pain")
    assert [notice.code for notice in found.notices] == ["mtus-label"]


def test_pages_are_ranges_that_can_be_searched() -> None:
    (found,), _ = cited("Decision based on MTUS ACOEM Chapter 12 Page(s): 300-5, 308; 287 to 288.")
    assert found.pages == ((300, 305), (308, 308), (287, 288))
