from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_letter_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='outcome',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=20),
        ),
    ]
