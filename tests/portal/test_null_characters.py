"""A null character anywhere in a request: one plain refusal, before anything looks at it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings as portal_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from learning.people.roles import Role
from tests.portal.addresses import addresses_that_are_read

pytestmark = pytest.mark.django_db
SENTENCE = "invisible character"
ASKED_OF_EVERY_ADDRESS = {
    "q", "p", "page", "search", "query", "order", "ordering", "export", "o", "next",
    "type", "fields", "tag", "collection_id", "page_type", "locale",
}  # fmt: skip
"""Names that Wagtail's lists and its API take without a field on the page that says so."""


def names_on(page: str) -> set[str]:
    """The parameters that a page sends: fields of its forms that ask, and of its links to itself."""
    names = set()
    for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL | re.IGNORECASE):
        if 'method="post"' not in form.lower():
            names |= set(re.findall(r"""<(?:input|select)\b[^>]*?\bname=["']([^"']+)""", form))
    for link in re.findall(r'href="(\?[^"#]+|[^"#]+\?[^"#]+)"', page):
        names |= {name for name, _ in parse_qsl(urlsplit(unescape(link)).query)}
    return names


def test_no_list_takes_one_in_any_parameter(
    insider: Callable[[str], Client], address_of: Callable[[str, str], Any]
) -> None:
    wrong, filters = [], {}
    for name, path in addresses_that_are_read(address_of).items():
        client = insider(name)
        answer = client.get(path)
        page = answer.text if not answer.streaming and "html" in answer["Content-Type"] else ""
        filters[name] = names_on(page)
        for parameter in filters[name] | ASKED_OF_EVERY_ADDRESS:
            answer = client.get(f"{path}?{parameter}=a%00b")
            if answer.status_code != 400 or SENTENCE not in answer.text:
                wrong.append(f"{path}?{parameter}= {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert {"user", "timestamp"} & filters["wagtailadmin_reports:site_history"]
    assert "action__exact" in filters["access-log_modeladmin_index"]
    assert "theme" in filters["search:results"]


@pytest.mark.parametrize(
    "address",
    ["/a%00b/", "/media/a%00b", "/documents/1/a%00b", "/static/a%00b", "/admin/%00/", "/?a%00b=1"],
)
def test_no_address_holds_one(address: str, sign_in: Callable[..., Client]) -> None:
    assert sign_in(Role.EDITOR).get(address).status_code == 400


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "anything"])
def test_no_cookie_holds_one(name: str) -> None:
    client = Client()
    client.cookies[name] = "abcdefgh\0ijklmnop"
    assert r"\000" in client.cookies[name].coded_value
    answer = client.get("/")
    assert answer.status_code == 400
    assert SENTENCE in answer.text


def test_no_form_holds_one_in_a_field_or_a_name(sign_in: Callable[..., Client]) -> None:
    client = sign_in(Role.LINE_MANAGER)
    start = {"title": "Ours", "start_from": "empty"}
    for form in ({**start, "title": "a\0b"}, {**start, "a\0b": "x"}):
        assert client.post("/packs/new/", form).status_code == 400
        as_text = "&".join(f"{name}={value}".replace("\0", "%00") for name, value in form.items())
        answer = client.post(
            "/packs/new/", as_text, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 400
    assert client.post("/packs/new/", start).status_code == 302


def test_signing_in_with_one_is_refused_the_same_way() -> None:
    answer = Client().post(
        "/accounts/login/", {"login": "a\0b@harrowmere.example", "password": "x"}
    )
    assert answer.status_code == 400


def test_a_file_may_hold_what_it_likes(sign_in: Callable[..., Client]) -> None:
    file = SimpleUploadedFile("findings.csv", b"a\0b")
    answer = sign_in(Role.EDITOR).post("/admin/imports/new/", {"file": file})
    assert answer.status_code not in (400, 404)


def test_the_refusal_is_a_whole_page_that_keeps_the_portals_headers() -> None:
    answer = Client().get("/?q=%00")
    assert answer["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "<h1>" in answer.text
    assert portal_settings.PORTAL_NAME in answer.text
