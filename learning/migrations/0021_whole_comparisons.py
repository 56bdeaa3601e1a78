"""An assessment has both pairs of counts or none: a missing number let the first check pass."""

from django.db import migrations, models

COUNTS = ("before_seen", "before_of", "after_seen", "after_of")


class Migration(migrations.Migration):
    dependencies = [("learning", "0020_cycle_reports")]

    operations = [
        migrations.RemoveConstraint(model_name="impactassessment", name="assessment_counts_fit"),
        migrations.AddConstraint(
            model_name="impactassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    before_seen__lte=models.F("before_of"),
                    after_seen__lte=models.F("after_of"),
                    **{f"{name}__isnull": False for name in COUNTS},
                )
                | models.Q(**{f"{name}__isnull": True for name in COUNTS}),
                name="assessment_counts_fit",
            ),
        ),
    ]
