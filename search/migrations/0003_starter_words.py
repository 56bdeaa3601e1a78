"""The starter synonyms and stemming overrides, and the first snapshot of them in use."""

from pathlib import Path

from django.db import migrations
from django.utils import timezone

from search.analysis.analyser import STARTER_OVERRIDES

STARTER = Path(__file__).resolve().parents[1] / "starter" / "synonyms.txt"


def starter_lines():
    lines = (line.strip() for line in STARTER.read_text(encoding="utf-8").splitlines())
    return sorted({line for line in lines if line and not line.startswith("#")})


def load(apps, schema_editor):
    lines = starter_lines()
    entry = apps.get_model("search", "SynonymEntry")
    entry.objects.bulk_create([entry(line=line) for line in lines])
    override = apps.get_model("search", "StemOverride")
    override.objects.bulk_create(
        [override(word=word, found_as=found) for word, found in STARTER_OVERRIDES.items()]
    )
    apps.get_model("search", "WordsSnapshot").objects.create(
        synonyms="\n".join(lines), overrides=STARTER_OVERRIDES, made_at=timezone.now(), in_use=True
    )


def unload(apps, schema_editor):
    for name in ("SynonymEntry", "StemOverride", "WordsSnapshot"):
        apps.get_model("search", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]
    operations = [migrations.RunPython(load, unload)]
