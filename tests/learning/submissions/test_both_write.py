"""Two people write in one section: nothing is overwritten, both texts are shown, either or both are kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from learning.submissions.models import EntryVersion
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(opened: Audit, sign_in: Callable[..., Client]) -> Any:
    """Clients of both of the pair, after each has read the section as it stood at version 1."""
    opened.write("voice", saw="Seen alone in March.")
    return sign_in(opened.first), sign_in(opened.second)


def url(audit: Audit, rest: str = "") -> str:
    return f"/audits/submissions/{audit.ref}/sections/voice/{rest}"


def boxes(audit: Audit) -> dict[str, str]:
    return audit.submission.entries.get(section__key="voice").boxes


def test_different_boxes_of_one_section_come_together(opened: Audit, two: Any) -> None:
    first, second = two
    first.post(url(opened, "save/"), {"base_version": 1, "saw": "Seen alone in March."})
    first.post(url(opened, "save/"), {"base_version": 1, "saw": "Seen alone in May."})
    answer = second.post(
        url(opened, "save/"),
        {"base_version": 1, "saw": "Seen alone in March.", "means": "She was heard."},
    )
    assert answer.json()["parts"]["saw"] == "Seen alone in May."
    assert boxes(opened)["saw"] == "Seen alone in May."
    assert boxes(opened)["means"] == "She was heard."


def test_the_same_box_is_not_overwritten_and_both_texts_are_shown(opened: Audit, two: Any) -> None:
    first, second = two
    first.post(url(opened), {"base_version": 1, "saw": "Mine, first."})
    answer = second.post(url(opened), {"base_version": 1, "saw": "Mine, second."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine, first." in page
    assert "Mine, second." in page
    assert boxes(opened)["saw"] == "Mine, first."
    script = second.post(url(opened, "save/"), {"base_version": 1, "saw": "Mine, second."})
    assert script.status_code == 409
    assert boxes(opened)["saw"] == "Mine, first."


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        ("both", "Mine, first.\n\nMine, second."),
        ("mine", "Mine, second."),
        ("theirs", "Mine, first."),
    ],
)
def test_either_or_both_are_kept(opened: Audit, two: Any, keep: str, kept: str) -> None:
    first, second = two
    first.post(url(opened), {"base_version": 1, "saw": "Mine, first.", "to_ask": "Who else?"})
    clash = second.post(
        url(opened), {"base_version": 1, "saw": "Mine, second.", "agreed": "Keep it."}
    )
    second.post(url(opened), fields_of(clash) | {"keep": keep})
    assert boxes(opened) == {
        "saw": kept,
        "means": "",
        "to_ask": "Who else?",
        "learned": "",
        "agreed": "Keep it.",
    }
    written = [version.boxes["saw"] for version in EntryVersion.objects.order_by("number")]
    assert written[:2] == ["Seen alone in March.", "Mine, first."]


def test_what_both_began_from_is_kept_once(opened: Audit, two: Any) -> None:
    first, second = two
    began = "Seen alone in March."
    first.post(url(opened), {"base_version": 1, "saw": f"{began} She drew.\nA second line."})
    clash = second.post(url(opened), {"base_version": 1, "saw": f"{began} She sang. Nobody asked."})
    second.post(url(opened), fields_of(clash) | {"keep": "both"})
    assert boxes(opened)["saw"] == (
        "Seen alone in March. She drew.\nA second line.\n\nShe sang. Nobody asked."
    )


@pytest.mark.parametrize("rest", ["", "save/"])
def test_a_text_that_is_too_long_is_refused_with_a_sentence(
    opened: Audit, two: Any, rest: str
) -> None:
    text = "She waits. " * 2000
    answer = two[0].post(url(opened, rest), {"base_version": 1, "saw": text})
    assert answer.status_code == 422
    assert "at most 20000 characters" in answer.text
    assert boxes(opened)["saw"] == "Seen alone in March."
    if not rest:
        assert answer.text.count("She waits.") == 2000


def fields_of(answer: Any) -> dict[str, Any]:
    """What the form of the page would send."""
    conflict = answer.context["conflict"]
    texts = {name: value for name, value in conflict.mine.items() if name != "not_relevant"}
    assert all(f'name="{name}"' in answer.content.decode() for name in texts)
    return texts | {"base_version": conflict.entry.version, "clashing": conflict.clashing}


def test_a_third_save_in_between_is_met_again(opened: Audit, two: Any) -> None:
    first, second = two
    first.post(url(opened), {"base_version": 1, "saw": "Mine, first."})
    clash = second.post(url(opened), {"base_version": 1, "saw": "Mine, second."})
    first.post(url(opened), {"base_version": 2, "saw": "Mine, first, again."})
    answer = second.post(url(opened), fields_of(clash) | {"keep": "mine"})
    assert answer.status_code == 409
    assert boxes(opened)["saw"] == "Mine, first, again."


def test_saving_the_same_again_adds_no_version(opened: Audit, two: Any) -> None:
    first, _ = two
    for _again in range(3):
        answer = first.post(
            url(opened, "save/"), {"base_version": 1, "saw": "Seen alone in March."}
        )
    assert answer.json()["version"] == 1


def test_line_ends_and_spaces_are_kept_as_typed(opened: Audit, two: Any) -> None:
    first, _ = two
    first.post(url(opened, "save/"), {"base_version": 1, "saw": "  One\r\n\r\nTwo \n"})
    assert boxes(opened)["saw"] == "  One\n\nTwo \n"


def test_each_sees_that_the_other_is_there(opened: Audit, two: Any) -> None:
    first, second = two
    assert first.post(url(opened, "here/")).json()["present"] == []
    assert second.post(url(opened, "here/")).json()["present"] == ["First Built"]
    overview = second.get(f"/audits/submissions/{opened.ref}/").content.decode()
    assert "First Built is here now" in overview


def test_a_grade_in_the_overall_statement_is_refused_and_stays_on_the_page(
    opened: Audit, two: Any
) -> None:
    first, _ = two
    address = f"/audits/submissions/{opened.ref}/sections/overall/"
    fields = {"base_version": 0, "means": "Practice here is outstanding."}
    page = first.post(address, fields)
    assert page.status_code == 422
    assert "We give none" in page.content.decode()
    assert "Practice here is outstanding." in page.content.decode()
    script = first.post(f"{address}save/", fields)
    assert script.status_code == 422
    assert "outstanding" in script.json()["message"]
    statement = {"statement-kind": "strength", "statement-text": "We rate this good."}
    assert first.post(f"{address}statements/", statement).status_code == 422
    assert not opened.submission.entries.filter(version__gt=0, section__key="overall").exists()


def test_the_page_of_a_section_can_be_sent_as_it_stands(opened: Audit, two: Any) -> None:
    first, _ = two
    page = first.get(url(opened)).content.decode()
    assert '<input type="hidden" name="base_version" value="1">' in page
    assert "Seen alone in March." in page
    for name in ("saw", "means", "to_ask", "learned", "agreed"):
        assert f'name="{name}"' in page
    assert 'data-autosave-url="/audits/submissions/' in page


def test_a_tick_of_the_one_reaches_the_page_of_the_other(opened: Audit, two: Any) -> None:
    first, second = two
    skip = {"not_relevant": "on", "not_relevant_reason": "A baby of some weeks"}
    address = f"/audits/submissions/{opened.ref}/sections/education/"
    first.post(address, {"base_version": 0, **skip})
    parts = second.post(f"{address}here/").json()["parts"]
    assert parts["not_relevant"] is True
    assert parts["not_relevant_reason"] == "A baby of some weeks"
    second.post(f"{address}save/", {"base_version": 0, "saw": "Nursery asked about."})
    entry = opened.submission.entries.get(section__key="education")
    assert (entry.not_relevant, entry.not_relevant_reason) == (True, "A baby of some weeks")
    assert entry.saw == "Nursery asked about."


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("mine", "Not at school"), ("theirs", "Too young"), ("both", "Too young Not at school")],
)
def test_of_two_reasons_what_was_chosen_is_kept(
    opened: Audit, two: Any, keep: str, kept: str
) -> None:
    first, second = two
    address = f"/audits/submissions/{opened.ref}/sections/education/"
    begun = {"base_version": 0, "not_relevant": "on"}
    first.post(address, {**begun, "not_relevant_reason": "Too young"})
    clash = second.post(address, {**begun, "not_relevant_reason": "Not at school"})
    assert clash.status_code == 409
    assert "Too young" in clash.text
    second.post(address, fields_of(clash) | {"not_relevant": "on", "keep": keep})
    assert opened.submission.entries.get(section__key="education").not_relevant_reason == kept


def test_two_reasons_that_are_too_long_together_are_not_cut(opened: Audit, two: Any) -> None:
    first, second = two
    address = f"/audits/submissions/{opened.ref}/sections/education/"
    begun = {"base_version": 0, "not_relevant": "on"}
    first.post(address, {**begun, "not_relevant_reason": "a" * 200})
    clash = second.post(address, {**begun, "not_relevant_reason": "b" * 200})
    answer = second.post(address, fields_of(clash) | {"not_relevant": "on", "keep": "both"})
    assert answer.status_code == 422
    assert "holds 300 characters" in answer.text
    assert opened.submission.entries.get(section__key="education").not_relevant_reason == "a" * 200


def test_no_grade_hides_in_the_reason_of_the_overall_statement(opened: Audit, two: Any) -> None:
    address = f"/audits/submissions/{opened.ref}/sections/overall/save/"
    grade = {"base_version": 0, "not_relevant_reason": "Practice is outstanding, 9/10."}
    assert two[0].post(address, grade).status_code == 422
    assert not opened.submission.entries.filter(section__key="overall", version__gt=0).exists()
