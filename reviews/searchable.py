"""The words that search looks at, kept in `Review.search` and, of services, in `Word`."""

from collections.abc import Iterable

from django.db import connection

from reviews.credentials import OF_REVIEWS

# A tsvector holds at most 1 MB. The longest letter seen has 35,000 characters in all.
LONGEST_PART = 50_000

# PostgreSQL would take `PT/OT` for a file, `knee.The` for a host and `-5` for a number, and find
# no word inside them. So whatever joins words is a space; 7.5 is found as 7 and 5 in a row.
_CUT = rf"""to_tsvector('english',
    translate(left({{}}, {LONGEST_PART}), '/\-_+@<>&~#=.', '             '))"""
_ITEMS = """coalesce((SELECT string_agg(item.{}, ' ' ORDER BY item.position)
    FROM reviews_disputeditem item WHERE item.review_id = review.id), '')"""
_CITATIONS = """coalesce((SELECT string_agg(concat_ws(' ', cited.source, guideline.title,
        cited.title, array_to_string(cited.sections, ' '), cited.year), ' '
        ORDER BY item.position, cited.side, cited.position)
    FROM reviews_disputeditem item JOIN reviews_citation cited ON cited.item_id = item.id
    LEFT JOIN reviews_guideline guideline ON guideline.slug = cited.guideline_id
    WHERE item.review_id = review.id), '')"""


def vector(number: str, services: str, summary: str, rationales: str, cited: str) -> str:
    """SQL for `Review.search` from SQL for its texts; the first weigh most."""
    return f"""setweight({_CUT.format(f"{number} || ' ' || {services}")}, 'A')
    || setweight({_CUT.format(summary)}, 'B')
    || setweight({_CUT.format(rationales)}, 'C')
    || setweight({_CUT.format(cited)}, 'D')"""


REFRESH = f"""
UPDATE reviews_review review SET search = {
    vector(
        "review.case_number",
        _ITEMS.format("service"),
        "review.clinical_summary",
        _ITEMS.format("rationale"),
        _CITATIONS,
    )
} WHERE review.id = ANY(%(reviews)s)
"""


def remember(services: str) -> str:
    """SQL that keeps the words of services, from SQL for a table with a column `service`.

    What is there already is left out first, so that a letter hardly ever waits for another; sorted,
    so that two never wait for each other.
    """
    return f"""INSERT INTO reviews_word (word)
    SELECT DISTINCT lower(found[1])
    FROM {services}, regexp_matches(service, '[[:alpha:]]{{4,40}}', 'g') found
    WHERE NOT EXISTS (SELECT FROM reviews_word known WHERE known.word = lower(found[1]))
    ORDER BY 1
    ON CONFLICT DO NOTHING"""


REMEMBER = remember(
    "(SELECT service FROM reviews_disputeditem WHERE review_id = ANY(%(reviews)s)) item"
)


def refresh(reviews: Iterable[int]) -> None:
    """Rebuild from their rows what search and filters know of reviews that somebody changed."""
    keys = {"reviews": list(reviews)}
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, keys)
        cursor.execute(REMEMBER, keys)
        cursor.execute(OF_REVIEWS, keys)
