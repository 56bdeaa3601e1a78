"""The spot checks of the autumn: five signed off, one that somebody is asked to make, and one that reports what
cannot wait."""

from datetime import date
from typing import Any

from learning.proforma.models import ProFormaVersion
from learning.programme.models import AuditCycle
from learning.selection.draw import hash_of_seed
from learning.selection.models import CaseFrame
from learning.spot_checks.drawing import draw_into, put_down
from learning.spot_checks.models import SpotCheck, SpotCheckReview, SpotCheckRound
from learning.spot_checks.permissions import why_not_auditor
from learning.spot_checks.services import sections_of
from learning.spot_checks.states import SpotCheckState
from portal.demo.audits.cast import Cast
from portal.demo.audits.concerns import OF_A_SPOT_CHECK, put_escalation
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.frame import digest
from portal.demo.audits.quarters import CLOSED, UNDER_WAY, moment
from portal.demo.audits.recommendations import OFFICER
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import read

PROMISED, DRAWN, DONE, SIGNED = (
    date(2026, 10, 5),
    date(2026, 10, 6),
    date(2026, 10, 20),
    date(2026, 10, 27),
)
WHO = [
    "theodora.quist",
    "leila.haddad-moss",
    "harriet.ngata",
    "jolanta.krawiec",
    "simon.attwater",
    "mohammed.faruqui",
]
"""Those who take turns, each where nothing speaks against it."""


def make_spot_checks(cast: Cast) -> None:
    """A round from the list of the last closed cycle, for the report of the one under way."""
    stories = read("spot_checks.toml")["check"]
    forms = ProFormaVersion.objects.filter(pk=cast.forms["spot_check"].pk, frozen_at=None)
    forms.update(frozen_at=moment(DRAWN, 11))
    drawn = _round(cast, len(stories) + 2)
    checks = put_down(drawn, draw_into(drawn, drawn_by=cast[OFFICER], drawn_at=moment(DRAWN, 11)))
    for number, check in enumerate(checks):
        check.auditors.set([_auditor(cast, check, number)])
        if number < len(stories):
            _write(cast, check, stories[number])
    _report(cast, checks[-1])


def _round(cast: Cast, count: int) -> SpotCheckRound:
    seed = digest("Harrowmere spot checks", UNDER_WAY, length=64)
    return SpotCheckRound.objects.create(
        ref=f"{UNDER_WAY}-S1",
        cycle=AuditCycle.objects.get(ref=UNDER_WAY),
        frame=CaseFrame.objects.get(draw__cycle__ref=CLOSED[-1]),
        cases_asked=count,
        seed=seed,
        seed_hash=hash_of_seed(seed),
        seed_committed_at=moment(PROMISED, 9),
        committed_by=cast[OFFICER],
    )


def _auditor(cast: Cast, check: SpotCheck, number: int) -> Any:
    """The next of those who may make it."""
    turns = [*WHO[number % len(WHO) :], *WHO]
    return next(cast[name] for name in turns if not why_not_auditor(cast[name], check, DRAWN))


def _report(cast: Cast, check: SpotCheck) -> None:
    """Its first section is begun, and what was seen there is put right: the lead has to close it."""
    shelf, when = Shelf(), moment(DONE, 9)
    auditor, cycle = check.auditors.get(), check.round.cycle
    check.entries.create(section=sections_of(check)[0], saw=OF_A_SPOT_CHECK.told["saw"])
    SpotCheck.objects.filter(pk=check.pk).update(version=1, has_immediate_concern=True)
    shelf.event(when, auditor, "spotcheck.write", check)
    shelf.event(when, auditor, "spotcheck.immediate_concern", check)
    put_escalation(
        shelf,
        cast,
        OF_A_SPOT_CHECK,
        ref=f"{cycle.ref}-E-{cycle.escalations.count() + 1:02}",
        cycle=cycle,
        spot_check=check,
        raised_by=auditor,
        raised_at=when,
    )
    shelf.put_down()


def _write(cast: Cast, check: SpotCheck, story: dict[str, Any]) -> None:
    """What was written in each section, and that the lead signed it off."""
    for section in sections_of(check):
        entry = check.entries.create(
            section=section,
            means=story[section.key],
            kind=story["kinds"].get(section.key, ""),
        )
        if section.key in story["themes"]:
            entry.themes.add(cast.themes[story["themes"][section.key]])
    check.reviews.create(
        reviewer=cast[LEAD],
        outcome=SpotCheckReview.Outcome.SIGNED_OFF,
        reviewed_at=moment(SIGNED, 10),
    )
    SpotCheck.objects.filter(pk=check.pk).update(
        state=SpotCheckState.QUALITY_ASSURED,
        version=1,
        has_immediate_concern=False,
        done_at=moment(DONE, 15),
    )
