"""Every guidance page and finding, as a signed-in reader gets it."""

from typing import Any

from audit_pages.models import FindingPage, GuidancePage, PublishedPage
from portal.benchmarks.inside.readers import Asked, ask, cookie_of, signed_in_client

KINDS: dict[str, type[PublishedPage]] = {"guidance": GuidancePage, "finding": FindingPage}


def look_at_pages() -> dict[str, Any]:
    """For each kind the page of middling length, and the most queries that any page of it takes."""
    client = signed_in_client()
    looked_at = {name: _look_at(client, model) for name, model in KINDS.items()}
    return {"cookie": cookie_of(client), "kinds": looked_at}


def _look_at(client: Any, model: type[PublishedPage]) -> dict[str, Any]:
    paths = [page.get_url() for page in model.objects.live().order_by("path")]
    for path in paths:  # what a process looks up once and keeps, it has looked up then
        ask(client, path)
    answers = {path: ask(client, path) for path in paths}
    by_length = sorted(answers, key=lambda path: len(answers[path].body))
    return {
        "path": by_length[len(by_length) // 2],
        "pages": len(answers),
        "queries": _most(answers, "queries"),
        "repeated": _most(answers, "repeated"),
    }


def _most(answers: dict[str, Asked], figure: str) -> int:
    return max(getattr(answer, figure) for answer in answers.values())
