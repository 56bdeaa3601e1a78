"""What stood in an audit before the talk, and its header in bands."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0041_traits_of_one_family"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditsubmission",
            name="age_band",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unborn", "Unborn"),
                    ("0-1", "0–1"),
                    ("2-4", "2–4"),
                    ("5-9", "5–9"),
                    ("10-13", "10–13"),
                    ("14-15", "14–15"),
                    ("16-17", "16–17"),
                    ("18-25", "18–25"),
                ],
                max_length=10,
                verbose_name="age band",
            ),
        ),
        migrations.AddField(
            model_name="auditsubmission",
            name="months_open",
            field=models.CharField(
                blank=True,
                choices=[
                    ("0-2", "Less than 3 months"),
                    ("3-5", "3 to 5 months"),
                    ("6-11", "6 to 11 months"),
                    ("12-23", "1 year or more, less than 2"),
                    ("24+", "2 years or more"),
                ],
                max_length=10,
                verbose_name="open for",
            ),
        ),
        migrations.AddField(
            model_name="auditsubmission",
            name="sources_read",
            field=models.JSONField(blank=True, default=list, verbose_name="sources read"),
        ),
        migrations.CreateModel(
            name="MorningText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.JSONField()),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="morning",
                        to="learning.auditsubmission",
                    ),
                ),
            ],
        ),
    ]
