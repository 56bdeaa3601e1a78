from django.db import migrations

REGISTERS = ("auditorreadiness", "escalation", "goodpracticeletter", "recommendation")


def forget_references(apps, schema_editor):
    """Wagtail told on a colleague's page that there is a private letter to them, or an escalation."""
    index = apps.get_model("wagtailcore", "ReferenceIndex")
    of_registers = {"content_type__app_label": "learning", "content_type__model__in": REGISTERS}
    index.objects.filter(**of_registers).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0044_also_called"),
        ("wagtailcore", "0078_referenceindex"),
    ]

    operations = [migrations.RunPython(forget_references, migrations.RunPython.noop)]
