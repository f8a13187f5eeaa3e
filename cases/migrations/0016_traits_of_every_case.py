import django.contrib.postgres.indexes
from django.db import migrations

# From the rows, as `reviews.traits` does for a case at a time. Apart from the new column, whose
# transaction would keep everybody from reading cases.
FILL = """
WITH place AS (
    SELECT item_id, guideline_id, side,
        coalesce(array_agg(DISTINCT page ORDER BY page) FILTER (WHERE page IS NOT NULL), '{}') AS pages
    FROM reviews_citation LEFT JOIN unnest(pages) page ON true
    WHERE side <> 'rationale' GROUP BY item_id, guideline_id, side
),
cited AS (
    SELECT item_id, jsonb_agg(
        to_jsonb(array_remove(ARRAY[guideline_id, side]::text[], NULL) || pages::text[])
        ORDER BY guideline_id COLLATE "C" NULLS FIRST, side COLLATE "C"
    ) AS cites
    FROM place GROUP BY item_id
),
told AS (
    SELECT review_id, jsonb_agg(
        to_jsonb(array_remove(ARRAY[outcome, category, treatment_id]::text[], NULL))
            - '' || coalesce(cites, '[]')
        ORDER BY position
    ) AS items
    FROM reviews_disputeditem item LEFT JOIN cited ON cited.item_id = item.id
    GROUP BY review_id
)
UPDATE cases_case SET traits = jsonb_strip_nulls(jsonb_build_object(
    'sex', nullif(review.sex, ''),
    'specialties', to_jsonb(nullif(review.specialties, '{}')),
    'licensed_in', to_jsonb(nullif(review.licensed_in, '{}')),
    'items', coalesce(told.items, '[]')
))
FROM reviews_review review LEFT JOIN told ON told.review_id = review.id
WHERE review.id = cases_case.review_id
"""

# Few values are alike, so the planner tries what is asked on those that it keeps from its sample:
# of a hundred, as usual, none may have what one case in fifty has.
SAMPLE = "ALTER TABLE cases_case ALTER traits SET STATISTICS 400"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_case_traits'),
        ('reviews', '0007_corrected'),
    ]

    operations = [
        migrations.RunSQL([FILL, SAMPLE], migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='case',
            index=django.contrib.postgres.indexes.GinIndex(fields=['traits'], name='case_traits', opclasses=['jsonb_path_ops']),
        ),
    ]
