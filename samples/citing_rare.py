"""Guidelines that belong to no body part of ours, as each generation's letters cite them."""

from random import Random

from samples.model import Cited, Relied
from samples.pages import cited_pages

# Number, title, first and last page of the chapters of 2004.
CHAPTERS = (
    (
        2,
        "mtus-general-assessment",
        "General Approach to Initial Assessment and Documentation",
        21,
        40,
    ),
    (3, "mtus-initial-approaches", "Initial Approaches to Treatment", 41, 56),
    (5, "mtus-cornerstones", "Cornerstones of Disability Prevention and Management", 77, 95),
    (7, "mtus-consultations", "Independent Medical Examinations and Consultations", 127, 146),
    (15, "mtus-stress", "Stress Related Conditions", 385, 410),
)
PARTS = (
    "General Approach to Initial Assessment and Documentation",
    "Initial Approaches to Treatment",
    "Cornerstones of Disability Prevention and Management",
)
LATER = (
    ("mtus-hip-groin", "Hip and Groin Disorders", 2019),
    ("mtus-brain-injury", "Traumatic Brain Injury", 2017),
    ("mtus-brain-injury", "Traumatic Brain Injury", 2018),
    ("mtus-eye", "Eye Disorders", 2017),
    ("mtus-asthma", "Occupational/Work-Related Asthma", 2016),
    ("mtus-lung-disease", "Occupational Interstitial Lung Disease", 2019),
    ("mtus-antiemetics", "Antiemetics", 2020),
    ("mtus-covid-19", "Coronavirus (COVID-19)", 2021),
    ("mtus-mental-health", "Workplace Mental Health: Introduction", 2019),
)


def rare_2014(rng: Random) -> Relied:
    """One of the chapters on no body part, with pages or without."""
    number, slug, title, first, last = rng.choice(CHAPTERS)
    pages, printed = cited_pages(rng, first, last)
    name = f"ACOEM Chapter {number} {title}"
    cited = Cited("MTUS", slug, name, None, (), pages)
    return Relied(name + printed, (cited,), ("chapter on no body part",))


def rare_2016(rng: Random) -> Cited:
    """The general chapters go by one name; stress has its own."""
    if rng.random() < 0.3:
        return Cited("MTUS", "mtus-stress", "Stress Related Conditions", 2004)
    return Cited(
        "MTUS", "mtus-general-approaches", "General Approaches", 2004, (rng.choice(PARTS),)
    )


def rare_2018(rng: Random) -> Cited:
    slug, title, year = rng.choice(LATER)
    return Cited("MTUS", slug, title, year)
