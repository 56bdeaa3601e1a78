"""Earlier versions of what editors change: the first one too, which came with the portal."""

from typing import Any

FIRST_VERSION = "learning.first_version"


def name_first_versions(actions: Any) -> None:
    """A hook of Wagtail's: what the history says of a first version."""
    actions.register_action(
        FIRST_VERSION, "Keep the first version", "Kept as it stood before the first change"
    )


def keep_first_version(row: Any) -> None:
    """Keep what the row says now, unless a version of it is kept already: starter entries have
    none, and could not be put back after their first change."""
    if row.latest_revision_id is None:
        row.save_revision(clean=False, log_action=FIRST_VERSION)


class KeepFirstVersionMixin:
    """For a form of the desk that changes an entry with versions."""

    def save_instance(self) -> Any:
        view: Any = self
        keep_first_version(view.model.objects.get(pk=view.object.pk))
        return super().save_instance()  # type: ignore[misc]
