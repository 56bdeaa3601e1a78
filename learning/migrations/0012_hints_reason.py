from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0011_frame_checks")]

    operations = [
        migrations.AddField(
            model_name="submitconfirmation",
            name="hints_reason",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="why the wording stays as it is"
            ),
        ),
    ]
