"""Which form, and which of its sections."""

from learning.proforma.models import ProFormaKind, ProFormaSection, ProFormaVersion
from learning.vocabulary.models import AreaOfWork


class NoFormOffered(Exception):
    """There is no version of this kind that audits may use yet."""


def newest_offered(kind: ProFormaKind) -> ProFormaVersion:
    """The version that new cycles take."""
    offered = ProFormaVersion.objects.filter(kind=kind, offered_at__isnull=False)
    version = offered.order_by("-number").first()
    if version is None:
        raise NoFormOffered(f"No version of “{kind.label}” is offered yet. Offer one in the desk.")
    return version


def sections_for(version: ProFormaVersion, area: AreaOfWork) -> list[ProFormaSection]:
    """The sections shown for this area of work, in their order. Two queries."""
    return [
        section
        for section in version.sections.prefetch_related("areas")
        if not section.areas.all() or area in section.areas.all()
    ]
