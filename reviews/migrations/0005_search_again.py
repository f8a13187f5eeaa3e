"""Words of citations and numbers, and those that a slash or a dot has glued, for what is recorded.

Some milliseconds a case, in batches with a transaction each: the site runs meanwhile, with the old
words for rows that it has not come to. Broken off, it begins again from the first.
"""

from typing import Any

from django.db import migrations

BATCH = 1000

# As `reviews.searchable` had it when this was written.
CUT = r"""to_tsvector('english',
    translate(left({}, 50000), '/\-_+@<>&~#=.', '             '))"""
ITEMS = """coalesce((SELECT string_agg(item.{}, ' ' ORDER BY item.position)
    FROM reviews_disputeditem item WHERE item.review_id = review.id), '')"""
CITATIONS = """coalesce((SELECT string_agg(concat_ws(' ', cited.source, guideline.title,
        cited.title, array_to_string(cited.sections, ' '), cited.year), ' '
        ORDER BY item.position, cited.side, cited.position)
    FROM reviews_disputeditem item JOIN reviews_citation cited ON cited.item_id = item.id
    LEFT JOIN reviews_guideline guideline ON guideline.slug = cited.guideline_id
    WHERE item.review_id = review.id), '')"""
REFRESH = f"""
UPDATE reviews_review review SET search =
    setweight({CUT.format("review.case_number || ' ' || " + ITEMS.format("service"))}, 'A')
    || setweight({CUT.format("review.clinical_summary")}, 'B')
    || setweight({CUT.format(ITEMS.format("rationale"))}, 'C')
    || setweight({CUT.format(CITATIONS)}, 'D')
WHERE review.id = ANY(%s)
"""
REMEMBER = """
INSERT INTO reviews_word (word)
SELECT DISTINCT lower(found[1]) FROM reviews_disputeditem item,
    regexp_matches(item.service, '[[:alpha:]]{4,40}', 'g') found
WHERE item.review_id = ANY(%s)
ON CONFLICT DO NOTHING
"""


def search_again(apps: Any, editor: Any) -> None:
    """Walks along the keys that there are: they may lie far apart."""
    keys = apps.get_model("reviews", "Review").objects.order_by("pk").values_list("pk", flat=True)
    last = 0
    with editor.connection.cursor() as cursor:
        while batch := list(keys.filter(pk__gt=last)[:BATCH]):
            cursor.execute(REFRESH, [batch])
            cursor.execute(REMEMBER, [batch])
            last = batch[-1]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reviews", "0004_searched_words")]

    operations = [migrations.RunPython(search_again, migrations.RunPython.noop)]
