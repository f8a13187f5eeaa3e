"""Blocks that cite what is no part of the MTUS, and what is read of them."""

import pytest

from tests.reading.blocks import Read, cited, mtus, odg, short


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Official Disability Guidelines (ODG), Shoulder.", [odg("shoulder")]),
        ("ODG guidelines, Neck and Upper back, MRI.", [odg("neck-upper-back", "MRI")]),
        ("ODG: Pain Chapter: Exercise.", [odg("pain", "Exercise")]),
        ("ODG Chapter: Pain, Exercise.", [odg("pain", "Exercise")]),
        ("ODG Low Back & Lumbar Chapter, Exercise.", [odg("low-back", "Exercise")]),
        ("Official Disability Guideline or ODG-Low Back-Exercise.", [odg("low-back", "Exercise")]),
        ("ODG, Leg, Exercise; Thoracic Spine.", [odg("knee-leg", "Exercise"), odg("low-back")]),
        # titles of its editions, and its own address
        (
            "Official Disability Guidelines-Treatment for Workers' Compensation, Pain, Exercise.",
            [odg("pain", "Exercise")],
        ),
        ("Official Disability Guidelines (ODG) TWC Hernia, Exercise.", [odg("hernia", "Exercise")]),
        ("ODG, Elbow, http://www.odg-twc.com/index.html.", [odg("elbow")]),
        # words that lead to the name
        ("Per the ODG, Hernia.", [odg("hernia")]),
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
        ("Guidelines ACOEM Guidelines, p 301.", [("ACOEM", "acoem", None, "301", ())]),
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
        ("Manual of Looms, 4th ed. Weavers Press 2006.", [("other", None, None, None, ())]),
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


def test_a_label_without_the_words_before_it() -> None:
    found, doubts = cited(
        "Decision based on MTUS Chronic Pain 2017, Section(s): Exercise. Non-MTUS Citation Manual "
        "of Looms."
    )
    assert [short(citation) for citation in found] == [
        mtus("chronic-pain", 2017, None, "Exercise"),
        ("other", None, None, None, ()),
    ]
    assert doubts == []
