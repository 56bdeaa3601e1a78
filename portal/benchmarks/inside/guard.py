"""Nothing here may run on a portal that people use."""

from pathlib import Path

from django.conf import settings

NAMES_BEGIN = "portal_bench_"


class NotOurs(Exception):
    """This database was not made by the benchmark."""


def refuse_unless_ours() -> None:
    """Raises `NotOurs` unless the database, or a folder that it stands in, has a name of ours."""
    name = str(settings.DATABASES["default"]["NAME"])
    if not any(part.startswith(NAMES_BEGIN) for part in Path(name).parts):
        raise NotOurs("The benchmark writes only to databases that it has made.")
