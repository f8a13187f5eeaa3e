import django.contrib.postgres.indexes
from django.db import migrations

# What `reviews.traits` says for a case at a time, from the rows; the index is made anew afterwards,
# which takes less than keeping it.
FILL = """
WITH overturned AS (
    SELECT review_id, jsonb_agg(DISTINCT word COLLATE "C") AS words
    FROM reviews_disputeditem, unnest(ARRAY[category, treatment_id]) word
    WHERE outcome = 'overturned' AND word <> ''
    GROUP BY review_id
),
page AS (
    SELECT DISTINCT review_id, guideline_id, page
    FROM reviews_citation JOIN reviews_disputeditem item ON item.id = item_id, unnest(pages) page
    WHERE side <> 'rationale' AND guideline_id IS NOT NULL
),
cited AS (
    SELECT review_id, guideline_id, jsonb_agg(page::text ORDER BY page) AS pages
    FROM page GROUP BY review_id, guideline_id
),
pages AS (
    SELECT review_id, jsonb_object_agg(guideline_id, pages) AS pages FROM cited GROUP BY review_id
)
UPDATE cases_case SET traits = traits || jsonb_strip_nulls(
    jsonb_build_object('overturned', overturned.words, 'pages', pages.pages)
)
FROM reviews_review review
    LEFT JOIN overturned ON overturned.review_id = review.id
    LEFT JOIN pages ON pages.review_id = review.id
WHERE review.id = cases_case.review_id
    AND (overturned.words IS NOT NULL OR pages.pages IS NOT NULL)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0016_traits_of_every_case'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='case', name='case_traits'),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='case',
            index=django.contrib.postgres.indexes.GinIndex(fields=['traits'], name='case_traits', opclasses=['jsonb_path_ops']),
        ),
    ]
