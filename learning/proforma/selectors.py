"""Which form, which of its sections, and which cycle takes which."""

from dataclasses import dataclass

from django.db.models import QuerySet

from learning.proforma.models import CycleForm, ProFormaKind, ProFormaSection, ProFormaVersion
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.vocabulary.models import AreaOfWork


class NoFormOffered(Exception):
    """There is no version of this kind that audits may use yet."""


def newest_offered(kind: ProFormaKind) -> ProFormaVersion:
    """The version that new cycles take."""
    offered = ProFormaVersion.objects.filter(kind=kind, offered_at__isnull=False)
    version = offered.order_by("-number").first()
    if version is None:
        raise NoFormOffered(f"No version of “{kind.label}” is ready for new cycles yet.")
    return version


def form_of_cycle(cycle: AuditCycle, kind: ProFormaKind) -> ProFormaVersion:
    """The version that this cycle has used for the kind already, else the one that was chosen for it, else
    the newest that is offered (domain.md A23)."""
    versions = ProFormaVersion.objects.filter(kind=kind)
    used = versions.filter(submissions__case__cycle=cycle).first()
    return used or versions.filter(choices__cycle=cycle).first() or newest_offered(kind)


def kinds_in_use(cycle: AuditCycle) -> set[str]:
    """The kinds of form that an audit of this cycle is written with already."""
    used = ProFormaVersion.objects.filter(submissions__case__cycle=cycle)
    return set(used.order_by().values_list("kind", flat=True).distinct())


def sections_for(version: ProFormaVersion, area: AreaOfWork) -> list[ProFormaSection]:
    """The sections shown for this area of work, in their order. Two queries."""
    return [
        section
        for section in version.sections.prefetch_related("areas")
        if not section.areas.all() or area in section.areas.all()
    ]


def sections_to_bring_back(version: ProFormaVersion) -> QuerySet[ProFormaSection]:
    """What other versions of the kind have and this one has not: each key once, as the newest has it."""
    there = version.sections.values("key")
    others = ProFormaSection.objects.filter(version__kind=version.kind).exclude(key__in=there)
    newest = {section.key: section.pk for section in others.order_by("version__number")}
    return ProFormaSection.objects.filter(pk__in=newest.values()).order_by("title")


@dataclass(frozen=True)
class KindOfForm:
    """One kind of form with its versions, the newest first; `next` is what a new cycle takes."""

    kind: ProFormaKind
    versions: list[ProFormaVersion]

    @property
    def next(self) -> ProFormaVersion | None:
        return next((version for version in self.versions if not version.is_draft), None)


def every_form() -> list[KindOfForm]:
    """Each kind with its versions. One query."""
    versions = list(ProFormaVersion.objects.select_related("created_by"))
    return [
        KindOfForm(kind, [version for version in versions if version.kind == kind])
        for kind in ProFormaKind
    ]


@dataclass(frozen=True)
class FormOfCycle:
    """Which version of a kind a cycle has, and how it came by it."""

    kind: ProFormaKind
    version: ProFormaVersion | None
    is_used: bool = False
    is_chosen: bool = False


@dataclass(frozen=True)
class FormsOfCycle:
    """The forms of one cycle, one of each kind."""

    cycle: AuditCycle
    forms: list[FormOfCycle]


def forms_of_cycles() -> list[FormsOfCycle]:
    """The cycles that are not over, the next first, each with its forms. Four queries."""
    over = (CycleState.CLOSED, CycleState.CANCELLED)
    return _forms_of(list(AuditCycle.objects.exclude(state__in=over).order_by("ref")))


def forms_of(cycle: AuditCycle) -> list[FormOfCycle]:
    """The forms of this cycle. Three queries."""
    return _forms_of([cycle])[0].forms


def _forms_of(cycles: list[AuditCycle]) -> list[FormsOfCycle]:
    forms = every_form()
    found = {(c.pk, f.kind.value): FormOfCycle(f.kind, f.next) for c in cycles for f in forms}
    for choice in CycleForm.objects.filter(cycle__in=cycles).select_related("version"):
        kind = ProFormaKind(choice.kind)
        found[choice.cycle_id, choice.kind] = FormOfCycle(kind, choice.version, is_chosen=True)
    by_pk = {version.pk: version for form in forms for version in form.versions}
    used = ProFormaVersion.objects.filter(submissions__case__cycle__in=cycles).order_by()
    for cycle_id, pk in used.values_list("submissions__case__cycle", "pk").distinct():
        kind = ProFormaKind(by_pk[pk].kind)
        found[cycle_id, kind.value] = FormOfCycle(kind, by_pk[pk], is_used=True)
    return [FormsOfCycle(c, [found[c.pk, kind.value] for kind in ProFormaKind]) for c in cycles]
