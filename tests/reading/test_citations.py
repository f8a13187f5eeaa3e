"""Guideline blocks as printed, and what is read of them: a table of each generation's ways."""

import pytest

from tests.reading.blocks import Read, cited, mtus, odg, short

MTUS_2016 = [
    ("Shoulder Complaints 2004.", [mtus("shoulder", 2004)]),
    ("Shoulder Complants 2004.", [mtus("shoulder", 2004)]),  # misspelt
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
    # the chapter's number after its name, and the edition after the number
    (
        "Knee Complaints Chapter 13 Chronic Pain Treatment Guideline pg.46, Chapter 15 (2004).",
        [mtus("knee"), mtus("chronic-pain", None, "46"), mtus("stress", 2004)],
    ),
    (
        "ACOEM Chapter 2 General Approach to Initial Assessment and Documentation, Chronic Pain "
        "Page(s): 19, Knee Complaints, and Chronic Pain.",
        [
            mtus("general-assessment"),
            mtus("chronic-pain", None, "19"),
            mtus("knee"),
            mtus("chronic-pain"),
        ],
    ),
    # a section of every chapter that is one chapter's name, and a short name's regulation
    (
        "ACOEM Chapter 11 Work-Relatedness; Chronic Pain 8 CCR 9792.20-9792.26, ACOEM Chapter 4 "
        "Work-Relatedness.",
        [
            mtus("forearm-wrist-hand", None, None, "Work-Relatedness"),
            mtus("chronic-pain"),
            mtus("work-relatedness"),
        ],
    ),
    # short names after pages, and after a chapter that is another guideline's
    (
        "ACOEM Chapter 9, Chronic Pain Treatment page 24, ACOEM Chapter 7 page 137 Chronic Pain "
        "Exercise.",
        [
            mtus("shoulder"),
            mtus("chronic-pain", None, "24"),
            mtus("consultations", None, "137"),
            mtus("chronic-pain", None, None, "Exercise"),
        ],
    ),
    (
        "Postsurgical Treatment Guidelines Chronic Pain Treatment pg. 24.",
        [
            mtus("postsurgical"),
            mtus("chronic-pain", None, "24"),
        ],
    ),
    # "Chapter" after a short name
    (
        "ACOEM Low Back Chapter page 300, Knee Chapter p330.",
        [mtus("low-back", None, "300"), mtus("knee", None, "330")],
    ),
    (
        "ACOEM Chap 10 Elbow Disorders (Revised 2007), Ch 9 pg. 207, Table 9-6, ACOEM Guidelines, "
        "2nd Edition, 2004, Chapter 12, p. 303.",
        [
            mtus("elbow", 2007),
            mtus("shoulder", None, "207", "Table 9-6"),
            mtus("low-back", 2004, "303"),
        ],
    ),
    (
        "Chronic Pain Treatment Guidelines California Code of Regulations, Title 8 CCR 9792.20 - "
        "9792.26 pages 46-47.",
        [mtus("chronic-pain", None, "46-47")],
    ),
    # a hyphen lost, a slash between label and number
    (
        "Chronic Pain Treatment Guidelines 9792.20 .26 page / 46.",
        [mtus("chronic-pain", None, "46")],
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
    # the edition after the word Guidelines
    ("Elbow Disorders Guidelines 2018.", [mtus("elbow", 2018)]),
    # a section before the next guideline is no part of its edition
    (
        "Elbow Disorders 2018, Section(s): Knee, Opioids 2017.",
        [mtus("elbow", 2018, None, "Knee"), mtus("opioids", 2017)],
    ),
    # names without an edition are sections, in a list of sections
    (
        "Chronic Pain 2017, Section(s): Low Back Disorders, Exercise, and Opioids Guidelines 2017.",
        [mtus("chronic-pain", 2017, None, "Low Back Disorders", "Exercise"), mtus("opioids", 2017)],
    ),
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
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints 300-301.",  # pages?
        "Decision based on Non-MTUS Citation ODG, Weaving Chapter.",  # not in the catalogue
        # misspelt: names, editions, the label
        "Decision based on MTUS Knee Complaints 20 04, Section(s): Summary.",
        "Decision based on MTUS Knee Complaints 2o04.",
        "Decision based on MTUS Elbow Disorders 2018, Section(s): Rest, and Kne Disorders 2019.",
        "Decision based on MTUS Knee Disorders 2019, Section(s): Rest, and Kne, Section(s): Rest.",
        "Decision based on Non-MTUS Citaion ODG, Pain.",
        "Decision based on Non-MTUS Citation Official Disabilty Guidelines (ODG), Pain.",
        "Decision based on Non-MTUS Citation ODG Sholder/Exercise.",
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
