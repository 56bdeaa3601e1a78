"""The service's own places, and the shapes of its case numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0012_hints_reason")]

    operations = [
        migrations.CreateModel(
            name="CaseNumberShape",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sample",
                    models.CharField(
                        help_text="# for a digit, @ for a letter, anything else as it stands: “LCS ######”.",
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "system",
                    models.CharField(
                        blank=True, help_text="Which system gives such numbers.", max_length=80
                    ),
                ),
            ],
            options={
                "verbose_name": "shape of case numbers",
                "verbose_name_plural": "shapes of case numbers",
                "ordering": ["sample"],
            },
        ),
        migrations.CreateModel(
            name="LocalPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As people write it, for example “Mill Lane Estate”.",
                        max_length=120,
                        unique=True,
                    ),
                ),
                (
                    "write_instead",
                    models.CharField(
                        blank=True, help_text="For example: “the estate”, “school”.", max_length=120
                    ),
                ),
            ],
            options={"verbose_name": "local place", "ordering": ["name"]},
        ),
    ]
