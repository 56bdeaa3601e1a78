"""The sections of the portal, in the order of the menu."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from audit_pages.pages.around import PageAround, pages_around
from audit_pages.publishing.readers import is_closed_to
from learning.access.doors import holds
from learning.access.matrix import Right


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    title: str
    url: str
    current: bool


@cache
def footer_links() -> tuple[dict[str, str], ...]:
    """What stands at the foot of every page."""
    about = reverse("home:about")
    return (
        {"title": "About this portal", "url": about},
        {"title": "Accessibility", "url": f"{about}#accessibility"},
        {"title": "Contact", "url": f"{about}#contact"},
    )


def navigation(request: HttpRequest) -> list[Entry]:
    """The sections below the home page that this person may read, in tree order; then the audits."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    entries = [_entry(page, request) for page in _sections(request)]
    if holds(user, Right.SEE_PROGRAMME):
        url = _address("programme:list")
        entries.append(Entry("Audits", url, request.path.startswith(url)))
    return entries


def _sections(request: HttpRequest) -> list[PageAround]:
    """Live sections that the reader may see; taken from the page that is shown, if it knows them."""
    around = getattr(request, "pages_around", None)
    reader: Any = request.user
    if not reader.may_read_learning:
        return []
    known = pages_around() if around is None else around
    return [p for p in known if p.is_section and p.live and not is_closed_to(reader, p)]


def _entry(page: Any, request: HttpRequest) -> Entry:
    url = page.get_url()
    return Entry(page.title, url, request.path.startswith(url))


def person_links(request: HttpRequest) -> list[Entry]:
    """The signed-in person's own pages; the editors' desk for those who have one."""
    person: Any = request.user
    links = [("My work", "home:my_work")]
    if holds(person, Right.SEE_RECOMMENDATIONS):
        links.append(("Recommendations", "recommendations:register"))
    if holds(person, Right.READ_ESCALATION):
        links.append(("Escalations", "escalations:list"))
    if holds(person, Right.VOLUNTEER):
        links.append(("My reflections", "reflections:list"))
    if person.may_read_learning:
        links += [("My packs", "audit_pages:packs:list"), ("Bookmarks", "home:bookmarks")]
    if person.is_superuser or holds(person, Right.SEE_OPENINGS):
        links.append(("Openings of audits", "openings:list"))
    if holds(person, Right.SEE_RETENTION):
        links.append(("Retention", "retention:overview"))
    if person.has_desk:
        links.append(("Editors’ desk", "wagtailadmin_home"))
    links.append(("Change password", "account_change_password"))
    return [
        Entry(title, url, request.path == url)
        for title, url in ((title, _address(name)) for title, name in links)
    ]


@cache
def _address(name: str) -> str:
    """The address of a page without parameters, looked up once."""
    return reverse(name)
