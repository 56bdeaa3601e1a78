"""From what editors wrote to what searches use: a snapshot, taken by each rebuild."""

from django.db import transaction
from django.utils import timezone

from search.words.models import SynonymEntry, WordsSnapshot, overrides_written


def snapshot_in_use() -> WordsSnapshot | None:
    """The snapshot that serves queries; None before the first."""
    return WordsSnapshot.objects.filter(in_use=True).first()


def written_by_editors() -> WordsSnapshot:
    """What the editors have written, as a snapshot that is not yet kept."""
    lines = "\n".join(SynonymEntry.objects.values_list("line", flat=True))
    return WordsSnapshot(synonyms=lines, overrides=overrides_written(), made_at=timezone.now())


def same_words(one: WordsSnapshot, other: WordsSnapshot | None) -> bool:
    """Whether both hold the same lines and overrides."""
    return other is not None and (one.synonyms, one.overrides) == (other.synonyms, other.overrides)


def take_snapshot() -> WordsSnapshot:
    """What the editors have written, kept; the one in use when nothing has changed since."""
    written, current = written_by_editors(), snapshot_in_use()
    if current and same_words(written, current):
        return current
    written.save()
    return written


@transaction.atomic
def put_in_use(snapshot: WordsSnapshot) -> WordsSnapshot:
    """The snapshot, now serving every query."""
    WordsSnapshot.objects.filter(in_use=True).exclude(pk=snapshot.pk).update(in_use=False)
    snapshot.in_use = True
    snapshot.save(update_fields=["in_use"])
    return snapshot
