"""Who may read which published page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction

from audit_pages.publishing.records import EVERYONE
from learning.prepared import PreparedRead


def tokens_of(user: Any) -> frozenset[str]:
    """The access tokens that this person holds; empty when no role of theirs gives reading."""
    if not user.is_authenticated or not user.may_read_learning:
        return frozenset()
    return frozenset({EVERYONE} | {f"g:{pk}" for pk in _group_ids(user)})


def all_restrictions() -> list[PageViewRestriction]:
    """Every privacy setting of the portal, with its page and groups; there are few."""
    return list(PageViewRestriction.objects.select_related("page").prefetch_related("groups"))


def acl_of(page: Page, restrictions: list[PageViewRestriction] | None = None) -> tuple[str, ...]:
    """The tokens that open this page: `all`, or the groups that pass every restriction above it.

    Where restrictions are nested, only groups named by each of them count: too few rather than too
    many. A shared password opens nothing here. `restrictions`: `all_restrictions()`, if at hand.
    """
    asked = all_restrictions() if restrictions is None else restrictions
    allowed: set[int] | None = None
    for restriction in asked:
        if not page.path.startswith(restriction.page.path):
            continue
        if restriction.restriction_type == PageViewRestriction.LOGIN:
            continue
        named = {group.pk for group in restriction.groups.all()}
        if restriction.restriction_type != PageViewRestriction.GROUPS:
            named = set()
        allowed = named if allowed is None else allowed & named
    if allowed is None:
        return (EVERYONE,)
    return tuple(sorted(f"g:{pk}" for pk in allowed))


def visible_to(user: Any, pages: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `pages` that are live and that this person may read."""
    if not user.is_authenticated or not user.may_read_learning:
        return pages.none()
    pages = pages.filter(live=True)
    for path in _closed_paths(user):
        pages = pages.exclude(path__startswith=path)
    return pages


def visible_pages(user: Any, page_ids: Iterable[int]) -> dict[int, Page]:
    """Those of the pages that the person may read now, in the order given."""
    wanted = list(page_ids)
    found = {page.pk: page for page in visible_to(user, Page.objects.filter(pk__in=wanted))}
    return {pk: found[pk] for pk in wanted if pk in found}


def _group_ids(user: Any) -> list[int]:
    if user.is_superuser:
        return list(Group.objects.values_list("pk", flat=True))
    return list(user.role_groups)


def is_closed_to(user: Any, page: Any) -> bool:
    """Whether a privacy setting on this page, or above it, keeps this person out."""
    return any(page.path.startswith(path) for path in _closed_paths(user))


def _closed_paths(user: Any) -> list[str]:
    """Paths below which this person may not read; one query a request."""
    if not hasattr(user, "_closed_paths"):
        user._closed_paths = list(_read_closed_paths(user))
    return user._closed_paths


@PreparedRead
def _privacy_settings() -> QuerySet[Any, Any]:
    """Each one that asks for more than signing in, once for each group that it names."""
    settings = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN)
    return settings.values_list("pk", "restriction_type", "page__path", "groups")


def _read_closed_paths(user: Any) -> Iterator[str]:
    """The path of each privacy setting that names none of this person's groups; there are few."""
    named: dict[tuple[int, str, str], set[int]] = {}
    for pk, kind, path, group_id in _privacy_settings.ask():
        named.setdefault((pk, kind, path), set()).add(group_id)
    for (_, kind, path), group_ids in named.items():
        opens = user.is_superuser or not group_ids.isdisjoint(user.role_groups)
        if kind != PageViewRestriction.GROUPS or not opens:
            yield path
