from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0007_corrected'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='review', name='review_specialties'),
        migrations.RemoveIndex(model_name='review', name='review_licensed_in'),
    ]
