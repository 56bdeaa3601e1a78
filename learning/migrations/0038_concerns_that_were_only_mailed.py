from django.db import migrations


def raise_what_was_only_mailed(apps, schema_editor):
    """A concern that a spot check reported before there were escalations of spot checks: it begins when it was
    reported, so that the timer tells everybody whose clock has run out since."""
    Event = apps.get_model("learning", "Event")
    Escalation = apps.get_model("learning", "Escalation")
    reported = apps.get_model("learning", "SpotCheck").objects.filter(
        has_immediate_concern=True, state__in=["drawn", "done", "quality_assured"]
    )
    for check in reported.select_related("round__cycle").order_by("pk"):
        answers = Event.objects.filter(
            action="spotcheck.immediate_concern", object_id=str(check.pk)
        )
        yes = answers.order_by("id").first()
        if yes is None:
            continue
        cycle = check.round.cycle
        count = Escalation.objects.filter(cycle=cycle).count()
        row = Escalation.objects.create(
            ref=f"{cycle.ref}-E-{count + 1:02}",
            cycle=cycle,
            spot_check=check,
            raised_by_id=yes.actor_id,
            raised_at=yes.happened_at,
        )
        Event.objects.create(
            happened_at=yes.happened_at,
            actor_id=yes.actor_id,
            action="escalation.raise",
            object_type="learning.escalation",
            object_id=str(row.pk),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0037_escalations_of_spot_checks"),
    ]

    operations = [
        migrations.RunPython(raise_what_was_only_mailed, migrations.RunPython.noop),
    ]
