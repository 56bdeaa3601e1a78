"""Everyday words for what the service calls otherwise.

Where an index stands already, its words stay in use until `search_rebuild` takes these in.
"""

from pathlib import Path

from django.db import migrations

STARTER = Path(__file__).resolve().parents[1] / "starter" / "further_synonyms.txt"


def starter_lines():
    lines = (line.strip() for line in STARTER.read_text(encoding="utf-8").splitlines())
    return sorted({line for line in lines if line and not line.startswith("#")})


def load(apps, schema_editor):
    entry = apps.get_model("search", "SynonymEntry")
    for line in starter_lines():
        entry.objects.get_or_create(line=line)
    if not apps.get_model("search", "IndexBuild").objects.exists():
        for snapshot in apps.get_model("search", "WordsSnapshot").objects.filter(in_use=True):
            snapshot.synonyms = "\n".join(
                entry.objects.order_by("line").values_list("line", flat=True)
            )
            snapshot.save(update_fields=["synonyms"])


def unload(apps, schema_editor):
    apps.get_model("search", "SynonymEntry").objects.filter(line__in=starter_lines()).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0004_editors_words")]
    operations = [migrations.RunPython(load, unload)]
