"""Line managers read by whom they manage today, and no longer by a grant that was given once."""

from typing import Any

from django.db import migrations, models

REASON = "Line manager of the worker of this case"


def take_grants_away(apps: Any, schema_editor: Any) -> None:
    apps.get_model("learning", "SubmissionGrant").objects.filter(reason=REASON).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0035_why_a_stratum_of_its_own"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditsettings",
            name="let_in_days_at_most",
            field=models.PositiveSmallIntegerField(
                default=20,
                help_text="Working days.",
                verbose_name="days that somebody who is let in to an audit reads it at most",
            ),
        ),
        migrations.RunPython(take_grants_away, migrations.RunPython.noop),
    ]
