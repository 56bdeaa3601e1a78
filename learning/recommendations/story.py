"""What has happened with one recommendation, told in order out of its events and its rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from learning.events.services import events_about
from learning.people.models import StaffMember
from learning.recommendations.models import Recommendation

TOLD = {
    "recommendation.draft": "drafted it",
    "recommendation.issue": "issued it",
    "recommendation.acknowledge": "took it on",
    "recommendation.start_work": "began the work",
    "recommendation.close": "closed it",
    "recommendation.supersede": "let another recommendation take its place",
}
"""Events that have no row of their own to tell them better."""


@dataclass(frozen=True)
class Happening:
    """One line of the story: when, who did what, and their own words if they wrote any."""

    at: datetime
    who: str
    what: str
    words: tuple[tuple[str, str], ...] = ()


def story_of(recommendation: Recommendation, *, with_follow_ups: bool) -> list[Happening]:
    """Everything that happened, the first first. A constant number of queries."""
    happenings = [
        *_events(recommendation),
        *_updates(recommendation),
        *_confirmations(recommendation),
        *_extensions(recommendation),
        *_non_acceptances(recommendation),
        *_owner_changes(recommendation),
    ]
    if with_follow_ups:
        happenings += [*_follow_ups(recommendation), *_pauses(recommendation)]
    return sorted(happenings, key=lambda happening: happening.at)


def _events(recommendation: Recommendation) -> list[Happening]:
    rows = list(events_about(recommendation).filter(action__in=TOLD).order_by("id"))
    people = StaffMember.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    return [
        Happening(row.happened_at, _name(people.get(row.actor_id)), TOLD[row.action])
        for row in rows
    ]


def _updates(recommendation: Recommendation) -> list[Happening]:
    return [
        Happening(row.written_at, str(row.written_by), "wrote how it is going", (("", row.words),))
        for row in recommendation.updates.select_related("written_by")
    ]


def _confirmations(recommendation: Recommendation) -> list[Happening]:
    """Each statement, and the answer to it."""
    told = []
    rows = recommendation.confirmations.select_related("confirmed_by", "verification__verified_by")
    for row in rows:
        words = (
            ("What was done", row.statement),
            ("When", f"{row.completed_on:%-d %B %Y}"),
            ("What shows it", row.evidence),
            ("Signed", row.confirmed_name),
        )
        told.append(
            Happening(row.confirmed_at, str(row.confirmed_by), "confirmed in writing", words)
        )
        if hasattr(row, "verification"):
            told.append(_answer(row.verification))
    return told


def _answer(verification: Any) -> Happening:
    what = "verified the statement" if verification.is_accepted else "sent the statement back"
    words = (("", verification.words),) if verification.words else ()
    return Happening(verification.verified_at, str(verification.verified_by), what, words)


def _extensions(recommendation: Recommendation) -> list[Happening]:
    told = []
    for row in recommendation.extensions.select_related("requested_by", "decided_by"):
        asked = f"asked for more time, until {row.new_due_date:%-d %B %Y}"
        words = (("", row.reason),)
        told.append(Happening(row.requested_at, str(row.requested_by), asked, words))
        decided = "granted it" if row.is_granted else "did not grant it"
        told += _decision(row, f"{decided}, until {row.new_due_date:%-d %B %Y}")
    return told


def _non_acceptances(recommendation: Recommendation) -> list[Happening]:
    told = []
    for row in recommendation.non_acceptances.select_related("proposed_by", "decided_by"):
        words = (("", row.reason),)
        said = "said that it cannot be accepted"
        told.append(Happening(row.proposed_at, str(row.proposed_by), said, words))
        decided = "agreed: it is not accepted" if row.is_approved else "decided that it stands"
        told += _decision(row, decided)
    return told


def _decision(row: Any, what: str) -> list[Happening]:
    """The decision on a request, when there is one."""
    if row.decided_at is None:
        return []
    words = (("", row.decision_words),) if row.decision_words else ()
    return [Happening(row.decided_at, str(row.decided_by), what, words)]


def _owner_changes(recommendation: Recommendation) -> list[Happening]:
    return [
        Happening(
            row.given_at,
            str(row.given_by),
            f"gave it from {row.from_owner} to {row.to_owner}",
            (("", row.reason),),
        )
        for row in recommendation.owner_changes.select_related("from_owner", "to_owner", "given_by")
    ]


def _follow_ups(recommendation: Recommendation) -> list[Happening]:
    """Those that were sent."""
    rows = recommendation.follow_ups.filter(sent_at__isnull=False).select_related("recipient")
    return [
        Happening(row.sent_at, "The portal", f"told {row.recipient}: {row.get_rung_display()}")
        for row in rows
        if row.sent_at
    ]


def _pauses(recommendation: Recommendation) -> list[Happening]:
    return [
        Happening(
            row.paused_at,
            str(row.paused_by),
            f"paused the follow-ups until {row.until:%-d %B %Y}",
            (("", row.reason),),
        )
        for row in recommendation.pauses.select_related("paused_by")
    ]


def _name(person: StaffMember | None) -> str:
    return str(person) if person else "The portal"
