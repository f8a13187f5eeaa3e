from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0014_former'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='traits',
            field=models.JSONField(db_default={}, default=dict, editable=False),
        ),
    ]
