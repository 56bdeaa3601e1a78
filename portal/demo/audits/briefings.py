"""The page of each cycle with its briefing, published before its days, which its auditors acknowledged."""

from datetime import timedelta
from pathlib import Path

from wagtail.models import Page

from audit_pages.models import CycleIndexPage, CyclePage
from audit_pages.publishing.receivers import announce
from audit_pages.starter.loader import People, put_page, read_toml
from audit_pages.starter.markup import html_of
from learning.programme.models import AuditCycle
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import CLOSED, UNDER_WAY, pace_of
from portal.demo.audits.recommendations import OFFICER
from portal.demo.audits.stories import read

EDITOR = "esme.lockyer-shaw"
LEARNING = Path(__file__).parent.parent / "quarterly"


def publish_briefing(cycle: AuditCycle, cast: Cast) -> None:
    """The page, out since a week before the first day."""
    text = _texts(cycle)
    page = CyclePage(
        title=f"Audit days {cycle.ref}",
        slug=cycle.ref.lower(),
        summary=text["summary"],
        cycle=cycle,
        content_owner=cast[LEAD],
        **{name: html_of(text[name]) for name, _ in CyclePage.rich_parts},
    )
    people = People(cast[EDITOR], cast[LEAD], cast[OFFICER])
    put = put_page(parent=CycleIndexPage.objects.order_by("path")[0], page=page, people=people)
    _date(put, cycle)


def _texts(cycle: AuditCycle) -> dict[str, str]:
    """Those of the cycle under way; for a closed one the usual words with what it looked at."""
    text = read("briefing.toml")
    if cycle.ref == UNDER_WAY:
        return text
    context = text["context_of_closed"][CLOSED.index(cycle.ref) % len(text["context_of_closed"])]
    focus = read_toml(LEARNING / f"{cycle.quarter.lower()}.toml")["focus"]
    return text | {"context": context, "what_we_look_at": f"{text['usual_look']} {focus}."}


def _date(page: Page, cycle: AuditCycle) -> None:
    out_at = pace_of(cycle.ref).at("begin_days", 9) - timedelta(days=7)
    Page.objects.filter(pk=page.pk).update(first_published_at=out_at, last_published_at=out_at)
    announce([page.pk])
