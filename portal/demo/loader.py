"""The fictional borough: the same people, findings and letters on each run."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from wagtail.models import Page

from audit_pages.models import (
    FindingPage,
    LetterPage,
    PublishedPage,
    QuarterlyLearningPage,
    SevenMinuteBriefingPage,
)
from audit_pages.packs.models import Pack
from audit_pages.packs.review_day import start_review_day
from audit_pages.pages.base import quarter_start
from audit_pages.publishing.receivers import announce
from audit_pages.reading.models import Bookmark
from audit_pages.starter.loader import (
    People,
    home_page,
    load_sections,
    load_starter,
    put_page,
    read_toml,
)
from audit_pages.starter.markup import html_of
from learning.people.models import StaffMember, Team
from learning.people.roles import Role
from learning.vocabulary.models import AreaOfWork, PracticeStandard, Theme
from portal.demo.audits.loading import load_audits

FOLDER = Path(__file__).parent
DOMAIN = "@harrowmere.example"
PASSWORD = "harrowmere-is-fictional"


class NotADemo(Exception):
    """The database holds people of a real service, or the settings are not the demo's."""


def refuse_unless_demo() -> None:
    """Raises `NotADemo` where fictional people would mix with real ones."""
    if not settings.PORTAL_IS_DEMO:
        raise NotADemo(
            "These are not the demo's settings (PORTAL_IS_DEMO is off). Nothing was loaded."
        )
    if StaffMember.objects.exclude(email__endswith=DOMAIN).exists():
        raise NotADemo(
            "This database has people who are not of the fictional borough. Nothing was loaded."
        )


def load_demo(progress: Callable[[str], None] = lambda line: None) -> None:
    """The whole borough with its audits. What stands already is left as it is."""
    load_borough(progress)
    load_audits(progress)


def load_borough(progress: Callable[[str], None] = lambda line: None) -> None:
    """The borough before its first audit: people and what is published."""
    refuse_unless_demo()
    staff = load_people()
    progress(f"{len(staff)} people in {Team.objects.count()} teams")
    people = People(first_with(Role.EDITOR), first_with(Role.LEAD_QA), first_with(Role.QA_OFFICER))
    load_starter(people, progress)
    sections = load_sections(people)
    load_home()
    findings = load_findings(sections["findings"], people)
    progress(f"{len(findings)} findings")
    load_letters(sections["letters"], people)
    load_quarterly(sections["quarterly-learning"], people, findings)
    progress("Letters, quarterly learning and briefings")
    load_bookmarks(findings)
    load_packs(people)
    progress("Bookmarks and packs")


def first_with(role: Role) -> StaffMember:
    """The person who signs in for this role in the demonstration."""
    return StaffMember.objects.get(email=_demo_sign_ins()[role])


@cache
def _demo_sign_ins() -> dict[Role, str]:
    """The address of the first who signs in for each role."""
    people = [row for row in read_toml(FOLDER / "people.toml")["person"] if row.get("demo_sign_in")]
    return {
        role: next(row["email"] for row in people if role.value in row["roles"]) for role in Role
    }


def sign_ins() -> list[tuple[str, str]]:
    """(role, e-mail address) of one person for each role."""
    return [(role.label, first_with(role).email) for role in Role]


def load_people() -> list[StaffMember]:
    text = read_toml(FOLDER / "people.toml")
    teams: dict[str, Team | None] = {"": None}
    for row in text["team"]:
        teams[row["code"]], _ = Team.objects.get_or_create(code=row["code"], defaults=row)
    password = make_password(PASSWORD)
    staff = {row["email"]: _person(row, teams, password) for row in text["person"]}
    for row in text["person"]:
        if row["line_manager"]:
            person = staff[row["email"]]
            person.line_manager = staff[row["line_manager"]]
            person.save(update_fields=["line_manager"])
    return list(staff.values())


def _person(row: dict[str, Any], teams: dict[str, Team | None], password: str) -> StaffMember:
    person, is_new = StaffMember.objects.get_or_create(
        email=row["email"],
        defaults={
            "first_name": row["first_name"],
            "last_name": row["last_name"],
            "team": teams[row["team"]],
            "job_title": row["job_title"],
            "job_family": row["job_family"],
            "password": password,
        },
    )
    if is_new:
        names = [Role(code).label for code in row["roles"]]
        person.groups.set(Group.objects.filter(name__in=names))
    return person


def load_home() -> None:
    context = read_toml(FOLDER / "context.toml")
    home = home_page().specific
    home.summary = context["strapline"]
    home.welcome = html_of(context["welcome"])
    home.contact = f"{context['contact']['name']} ({context['contact']['email']})"
    home.content_owner = first_with(Role.LEAD_QA)
    home.save()


def load_findings(section: PublishedPage, people: People) -> dict[str, FindingPage]:
    """Every finding by its slug."""
    findings = {}
    for path in sorted((FOLDER / "findings").glob("*.toml")):
        for row in read_toml(path)["finding"]:
            page = FindingPage(
                **_titles(row),
                quarter=path.stem.upper(),
                statement_kind=row["statement_kind"],
                level=row["level"],
                age_bands=row["age_bands"],
                seen_in=row["seen_in"],
                sample_size=row["sample_size"],
                practice_standard=PracticeStandard.objects.filter(
                    code=row["practice_standard"]
                ).first(),
                **_rich(FindingPage, row),
            )
            findings[row["slug"]] = _put(section, page, people, row)
    return findings


def load_letters(section: PublishedPage, people: People) -> None:
    for path in sorted((FOLDER / "letters").glob("*.toml")):
        for row in read_toml(path)["letter"]:
            page = LetterPage(
                **_titles(row),
                quarter=row["quarter"],
                age_bands=row["age_bands"],
                **_rich(LetterPage, row),
            )
            _put(section, page, people, row, days_later=120)


def load_quarterly(
    section: PublishedPage, people: People, findings: dict[str, FindingPage]
) -> None:
    for path in sorted((FOLDER / "quarterly").glob("*.toml")):
        row = read_toml(path)
        page = QuarterlyLearningPage(
            **_titles(row),
            quarter=row["quarter"],
            focus=row["focus"],
            **_rich(QuarterlyLearningPage, row),
        )
        page.findings = [findings[slug] for slug in row["findings"] if slug in findings]
        _put(section, page, people, row)
    for path in sorted((FOLDER / "briefings").glob("*.toml")):
        row = read_toml(path)
        page = SevenMinuteBriefingPage(
            **_titles(row), quarter=row["quarter"], **_rich(SevenMinuteBriefingPage, row)
        )
        _put(section, page, people, row)


def _titles(row: dict[str, Any]) -> dict[str, Any]:
    return {"slug": row["slug"], "title": row["title"], "summary": row["summary"]}


def _rich(model: type[PublishedPage], row: dict[str, Any]) -> dict[str, str]:
    return {name: html_of(row[name]) for name, _ in model.rich_parts}


def _put(section: Any, page: Any, people: People, row: dict[str, Any], days_later: int = 30) -> Any:
    """The page, published as if on the day when its quarter's learning came out."""
    if "areas_of_work" in row:
        page.areas_of_work = list(AreaOfWork.objects.filter(code__in=row["areas_of_work"]))
    known = Page.objects.child_of(section).filter(slug=page.slug).exists()
    put = put_page(
        parent=section, page=page, people=people, themes=row["themes"], kept=kept_words()
    )
    if not known:
        _date(put, days_later)
    return put


@cache
def kept_words() -> dict[str, str]:
    """What the disclosure check finds in the borough's pages and may stay, and why."""
    return read_toml(FOLDER / "kept_words.toml")


def _date(page: Any, days_later: int) -> None:
    start = quarter_start(page.quarter) or date(2026, 7, 1)
    day = min(start + timedelta(days=90 + days_later), date(2026, 11, 2))
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)
    PublishedPage.objects.filter(pk=page.pk).update(reviewed_on=day, review_due_on=_review_due(day))
    announce([page.pk])


def _review_due(day: date) -> date:
    return (
        day.replace(year=day.year + 2) if (day.month, day.day) != (2, 29) else day + timedelta(730)
    )


PACKS = [
    (Role.LINE_MANAGER, "What happens tonight? Plans that hold on a bad night", "2026-Q2", None),
    (Role.LEAD_QA, "Fathers and other adults: two years on", "", "P04"),
    (Role.SENIOR_MANAGER, "Learning from the third quarter of 2026", "2026-Q3", None),
]


def load_packs(people: People) -> None:
    """Three packs from the review day template; the first is shared with the lead and a board member."""
    for role, title, quarter, code in PACKS:
        owner = first_with(role)
        if not Pack.objects.filter(owner=owner, title=title).exists():
            theme = Theme.objects.get(code=code) if code else None
            pack = start_review_day(owner=owner, title=title, quarter=quarter, theme=theme)
            if role == Role.LINE_MANAGER:
                pack.shared_with.add(people.approver, first_with(Role.BOARD_MEMBER))


def load_bookmarks(findings: dict[str, FindingPage]) -> None:
    pages = list(findings.values())
    for number, (_, email) in enumerate(sign_ins()):
        person = StaffMember.objects.get(email=email)
        if person.may_read_learning:
            for page in pages[number * 3 : number * 3 + 3]:
                Bookmark.objects.get_or_create(person=person, page_id=page.pk)
