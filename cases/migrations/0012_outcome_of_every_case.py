from django.db import migrations, models

# From the items, as `cases.settle` does for a case at a time. Apart from the new column, whose
# transaction would keep everybody from reading cases.
FILL = """
UPDATE cases_case SET outcome = found.outcome
FROM (
    SELECT review_id, CASE WHEN bool_or(outcome = '') THEN ''
        WHEN bool_and(outcome = 'upheld') THEN 'upheld'
        WHEN bool_and(outcome = 'overturned') THEN 'overturned'
        ELSE 'partially-overturned' END AS outcome
    FROM reviews_disputeditem GROUP BY review_id
) found
WHERE found.review_id = cases_case.review_id AND cases_case.outcome <> found.outcome
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0011_case_outcome'),
        ('reviews', '0007_corrected'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.F('outcome'), models.OrderBy(models.F('decided_on'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='case_outcome'),
        ),
    ]
