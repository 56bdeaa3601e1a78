"""Pages with a word each that stands nowhere else, the ways by which words leave, and who looks."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from audit_pages.models import FindingPage, Pack
from audit_pages.packs import services
from audit_pages.packs.permissions import user_can_make_packs
from audit_pages.reading.models import Bookmark
from audit_pages.starter.loader import People, put_page
from learning.models import PageEvidence
from learning.people.models import StaffMember
from learning.people.roles import Role
from search.ledger.draining import drain
from search.words.models import BestBet
from tests.search.conftest import BOTH_ENGINES

TOGETHER = "lighthouse"
"""Stands in every page of these tests, so that searching for it is the way to all of them."""
CLOSED_LATER = {
    "private": "zorblaxine",
    "withdrawn": "quimbletide",
    "expired": "vrothandel",
    "deleted": "plumwixter",
    "moved": "jaskelmort",
}
"""Words of pages that everybody reads at first, and what becomes of those pages."""
NEVER_PUBLISHED = {"draft": "drungolfax", "edit": "sneblicote", "evidence": "wumperdax"}
THEME = "P04"
LONG_AGO = "2019-Q1"
"""A quarter of these pages alone."""
LATEST = "2026-Q3"


class Pages:
    """The pages with the words, and what is done to them."""

    def __init__(self, people: People, allowed: Group) -> None:
        self.people, self.allowed = people, allowed
        self.section = Page.objects.get(url_path="/home/findings/").specific
        self.open = self._publish("harbour", "open-harbour", LATEST)
        self.closed_later = {
            state: [self._publish(word, f"{state}-{n}", q) for n, q in enumerate(_QUARTERS)]
            for state, word in CLOSED_LATER.items()
        }
        self._write_what_is_never_published()

    def _finding(self, word: str, slug: str, quarter: str) -> FindingPage:
        return FindingPage(
            title=f"{TOGETHER.title()} {word}",
            slug=f"of-the-coast-{slug}",
            summary=f"What {word} says of the {TOGETHER}.",
            what_we_saw=f"<p>We saw {word} at the {TOGETHER}, and {word} again.</p>",
            strengths=f"<p>The keeper of {word} spoke with every child.</p>",
            quarter=quarter,
            statement_kind="strength",
            level="service",
        )

    def _publish(self, word: str, slug: str, quarter: str) -> FindingPage:
        page = self._finding(word, slug, quarter)
        return put_page(parent=self.section, page=page, people=self.people, themes=[THEME])

    def _write_what_is_never_published(self) -> None:
        draft = self._finding(NEVER_PUBLISHED["draft"], "draft", LONG_AGO)
        draft.live = False
        self.section.add_child(instance=draft)
        draft.save_revision(user=self.people.writer)
        edited = self.open.specific
        edited.title = edited.summary = f"{TOGETHER} {NEVER_PUBLISHED['edit']}"
        edited.what_we_saw = f"<p>{TOGETHER} {NEVER_PUBLISHED['edit']}</p>"
        edited.save_revision(user=self.people.writer)
        PageEvidence.objects.create(
            page=self.open,
            earlier_reference=f"2026-Q1-CP-{NEVER_PUBLISHED['evidence']}",
            bearing=f"{TOGETHER} {NEVER_PUBLISHED['evidence']}",
            named_by=self.people.approver,
        )

    @property
    def all(self) -> list[FindingPage]:
        return [page for pages in self.closed_later.values() for page in pages]

    def close(self) -> None:
        """Each state's pages meet what its name says; nothing is drained."""
        for page in self.closed_later["private"]:
            self._restrict(page)
        for page in self.closed_later["withdrawn"]:
            page.unpublish()
        for page in self.closed_later["deleted"]:
            page.delete()
        self._move_away(self.closed_later["moved"])
        hour_ago = timezone.now() - timedelta(hours=1)
        expiring = [page.pk for page in self.closed_later["expired"]]
        FindingPage.objects.filter(pk__in=expiring).update(expire_at=hour_ago)
        call_command("publish_scheduled", verbosity=0)

    def _restrict(self, page: Page) -> None:
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.add(self.allowed)

    def _move_away(self, pages: list[FindingPage]) -> None:
        closed = Page.objects.get(url_path="/home/letters/")
        self._restrict(closed)
        for page in pages:
            page.refresh_from_db()
            page.move(closed, pos="last-child")


_QUARTERS = (LONG_AGO, LONG_AGO, LATEST)


@pytest.fixture(params=BOTH_ENGINES)
def engine(request: pytest.FixtureRequest, settings: Any, db: None) -> str:
    """The engine that is set: Elasticsearch with an index of this test alone."""
    settings.PORTAL_SEARCH_ENGINE = request.param
    if request.param == "elasticsearch":
        request.getfixturevalue("own_index")
    return str(request.param)


def _someone(name: str, *groups: str) -> StaffMember:
    person = StaffMember.objects.create_user(
        f"{name}@harrowmere.example", "x", first_name=name.title(), last_name="Keeper"
    )
    person.groups.add(*(Group.objects.get_or_create(name=group)[0] for group in groups))
    return person


@pytest.fixture
def readers(stranger: StaffMember, person: Callable[[Role], StaffMember]) -> dict[str, StaffMember]:
    """Who looks: none of them may read a closed page, and only `insider` a private one."""
    front_line = Role.FRONT_LINE.label
    return {
        "stranger": stranger,
        "it_support": person(Role.IT_SUPPORT),
        "front_line": person(Role.FRONT_LINE),
        "other_group": _someone("outsider", front_line, "Harbour watch"),
        "insider": _someone("insider", front_line, "Lighthouse keepers"),
    }


@pytest.fixture
def pages(
    engine: str, person: Callable[[Role], StaffMember], readers: dict[str, StaffMember]
) -> Iterator[Pages]:
    """The pages as everybody reads them, in the index, in packs, bookmarks and best bets."""
    people = People(
        writer=person(Role.EDITOR),
        approver=person(Role.LEAD_QA),
        checker=person(Role.QA_OFFICER),
    )
    made = Pages(people, Group.objects.get(name="Lighthouse keepers"))
    for reader in readers.values():
        _keep(made, reader)
    for page in made.all:
        BestBet.objects.create(query=TOGETHER, page_id=page.pk)
    assert drain().settled >= len(made.all)
    yield made


def _keep(made: Pages, reader: StaffMember) -> None:
    """Bookmarks of the pages; a pack of them, for those who make packs."""
    Bookmark.objects.bulk_create(Bookmark(page=page, person=reader) for page in made.all)
    if user_can_make_packs(reader):
        pack = services.start_pack(owner=reader, title="At the coast")
        for page in made.all:
            services.add_page(pack=pack, page=page)


class Ways:
    """Everything that the portal tells this person of the pages, by the way that it takes."""

    def __init__(self, client: Client, reader: StaffMember, pages: Pages) -> None:
        self.client, self.reader, self.pages = client, reader, pages

    def told_by(self, *names: str) -> dict[str, str]:
        """These ways only."""
        addresses = self._addresses()
        return {name: self._read(addresses[name]) for name in names}

    def told(self) -> dict[str, str]:
        """Way → words. None of the questions holds a word that must not come back."""
        ways = self.told_by(*self._addresses())
        pack = Pack.objects.filter(owner=self.reader).first()
        if pack is not None:
            ways["pack"] = self._read(f"/packs/{pack.pk}/")
            ways["printed pack"] = self._read(f"/packs/{pack.pk}/print/")
            ways["PowerPoint"] = self._read_deck(pack)
        return ways

    def _addresses(self) -> dict[str, str]:
        return {
            "results": f"/search/?q={TOGETHER}",
            "newest results": f"/search/?q={TOGETHER}&sort=newest",
            "results of a quarter": f"/search/?quarter={LONG_AGO}",
            "marking words": f"/search/?theme={THEME}",
            "CSV": f"/search/results.csv?q={TOGETHER}",
            "CSV of everything": f"/search/results.csv?theme={THEME}",
            "typing": f"/search/suggest/?q={TOGETHER}",
            "related": self.pages.open.get_url(),
            "theme page": f"/theme/{THEME}/",
            "findings": "/findings/",
            "home": "/",
            "bookmarks": "/my/bookmarks/",
            "my work": "/my/my-work/",
            "desk's search": f"/admin/pages/search/?q={TOGETHER}",
            "desk's chooser": f"/admin/choose-page/search/?q={TOGETHER}",
            "desk": "/admin/",
            "searches in vain": "/admin/reports/searches/",
            **{
                f"page {pages[0].slug}": pages[0].url_path[5:]
                for pages in self.pages.closed_later.values()
            },
        }

    def beginnings(self) -> dict[str, str]:
        """What is offered while the words are typed, and for words that are near them."""
        words = [*CLOSED_LATER.values(), *NEVER_PUBLISHED.values()]
        ways = {f"typing {w[:6]}": self._read(f"/search/suggest/?q={w[:6]}") for w in words}
        return ways | {f"near {w}": self._read(f"/search/?q={_misspelt(w)}") for w in words}

    def _read(self, address: str) -> str:
        response = self.client.get(address, follow=not address.startswith("/admin/"))
        assert response.status_code < 500, address
        content = b"".join(response) if response.streaming else response.content
        return content.decode()

    def _read_deck(self, pack: Pack) -> str:
        missing = ".".join(str(pk) for pk in pack.slides.values_list("pk", flat=True))
        response = self.client.get(f"/packs/{pack.pk}/powerpoint/?without={missing}")
        assert response.status_code == 200
        return text_of_archive(response.content)


def _misspelt(word: str) -> str:
    return word[:5] + word[6:]


def text_of_archive(packed: bytes) -> str:
    """Everything in an Office file, the sheets inside it included."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            is_nested = name.endswith((".xlsx", ".docx"))
            parts.append(
                text_of_archive(content) if is_nested else content.decode("utf-8", "ignore")
            )
    return "\n".join(parts)


@pytest.fixture
def ways_of(
    sign_in: Callable[..., Client], readers: dict[str, StaffMember], pages: Pages
) -> Callable[[str], Ways]:
    """`ways_of("front_line")`: what that reader is told."""
    return lambda name: Ways(sign_in(readers[name]), readers[name], pages)
