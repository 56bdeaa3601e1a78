"""A form of the portal says everything in the page: labels, hints, errors and where they are."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.management import call_command

from learning.forms import DayMonthYearInput, GovukForm, say_in_our_words
from learning.selection.forms import TargetsForm


class SlideForm(GovukForm, forms.Form):
    title = forms.CharField(label="Title", help_text="As colleagues would say it.")
    notes = forms.CharField(
        label="Notes", widget=forms.Textarea(attrs={"class": "tall"}), required=False
    )
    level = forms.ChoiceField(
        label="Level", choices=[("team", "Team"), ("service", "Service")], widget=forms.RadioSelect
    )
    due = forms.DateField(label="Due", widget=DayMonthYearInput)
    checked = forms.BooleanField(label="Nobody can be recognised")
    file = forms.FileField(label="File")


PARTS = ("due_day", "due_month", "due_year")
TYPED_WRONG = [("31", "2", "2026"), ("", "3", "2026"), ("x", "y", "z"), ("1-1", "3", "2026")]


def posted(typed) -> dict[str, str]:
    return dict(zip(PARTS, typed, strict=True))


def shown_date(form: forms.BaseForm) -> list[str]:
    return [drawn(form).find(id=f"id_{part}")["value"] for part in PARTS]


def drawn(form: forms.BaseForm) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def test_each_link_of_the_error_summary_leads_to_a_field():
    page = drawn(SlideForm(posted(("31", "2", "2026"))))
    targets = [link["href"][1:] for link in page.select(".govuk-error-summary a")]
    assert targets == ["id_title", "id_level_0", "id_due_day", "id_checked", "id_file"]
    assert all(page.find("input", id=target) for target in targets)


def test_a_form_without_errors_has_no_summary():
    assert not drawn(SlideForm()).select(".govuk-error-summary")


def test_hint_and_error_are_named_by_the_field():
    page = drawn(SlideForm({}))
    described_by = page.find(id="id_title")["aria-describedby"].split()
    assert [page.find(id=name).get_text(strip=True) for name in described_by] == [
        "As colleagues would say it.",
        "Error:Write something here.",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("title", "Write something here."),
        ("level", "Choose an answer."),
        ("due", "Enter a day."),
        ("checked", "Tick this before you go on."),
        ("file", "Choose a file."),
    ],
)
def test_an_empty_field_says_what_to_do(name, message):
    assert SlideForm({}).errors[name] == [message]


def test_a_message_of_the_form_itself_is_kept():
    class NamedForm(GovukForm, forms.Form):
        title = forms.CharField(error_messages={"required": "Give the pack a title."})

    assert NamedForm({}).errors["title"] == ["Give the pack a title."]


def forms_of_the_portal(kind: type = GovukForm) -> list[type]:
    """Every form that is drawn in our looks, by its name."""
    call_command("check")  # which loads every address, and so every form
    found = {
        f"{form.__module__}.{form.__name__}": form
        for below in kind.__subclasses__()
        for form in [below, *forms_of_the_portal(below)]
        if not form.__module__.startswith("tests.") and hasattr(form, "base_fields")
    }
    return [found[name] for name in sorted(found)]


def test_no_form_says_django_s_sentences():
    every = forms_of_the_portal()
    assert len(every) > 50
    foreign = []
    for form in every:
        for name, field in form.base_fields.items():
            say_in_our_words(field)
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                foreign.append(f"{form.__name__}.{name}")
    assert not foreign
    assert {form.full_clean for form in every} == {GovukForm.full_clean}


@pytest.mark.django_db
def test_fields_that_a_draw_makes_for_itself_say_what_to_do():
    form = TargetsForm({"target_1": "9"}, proposed={"Adoption": 1, "Fostering": 1}, candidates=[])
    assert form.errors["target_0"] == ["Enter a number."]
    assert form.errors["target_1"] == ["Enter 0 or less."]


def test_too_much_and_what_is_no_number_are_said_in_our_words():
    class CountForm(GovukForm, forms.Form):
        count = forms.IntegerField(label="Cases", min_value=1, max_value=9)
        words = forms.CharField(max_length=5)

    said = [CountForm({"count": count, "words": "longer"}).errors for count in ("x", "0", "10")]
    assert [errors["count"] for errors in said] == [
        ["Enter a whole number."],
        ["Enter 1 or more."],
        ["Enter 9 or less."],
    ]
    assert said[0]["words"] == ["Write at most 5 characters; there are 6 now."]


def test_the_class_of_a_widget_joins_ours():
    assert drawn(SlideForm()).find("textarea")["class"] == ["govuk-textarea", "tall"]


def test_what_a_form_sends_unseen_is_drawn_as_well():
    class HiddenForm(GovukForm, forms.Form):
        seen = forms.CharField(widget=forms.HiddenInput)

    assert drawn(HiddenForm(initial={"seen": "3a"})).find("input", type="hidden")["value"] == "3a"


def test_what_may_be_left_out_says_so():
    labels = [label.get_text(strip=True) for label in drawn(SlideForm()).select("label")]
    assert "Notes (optional)" in labels
    assert "Title" in labels


def test_text_typed_by_a_person_is_escaped():
    page = drawn(SlideForm({"title": '"><script>alert(1)</script>'}))
    assert page.find(id="id_title")["value"] == '"><script>alert(1)</script>'
    assert not page.find("script")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("1", "3", "2026"), datetime.date(2026, 3, 1)),
        ((" 27 ", "03", "2026"), datetime.date(2026, 3, 27)),
    ],
)
def test_a_date_is_read_from_its_three_fields(typed, expected):
    field = forms.DateField(widget=DayMonthYearInput)
    assert field.clean(field.widget.value_from_datadict(posted(typed), {}, "due")) == expected


@pytest.mark.parametrize("typed", TYPED_WRONG)
def test_what_is_no_date_is_refused(typed):
    form = SlideForm(posted(typed))
    assert form.errors["due"] == ["Enter a day that is in the calendar, such as 27 3 2026."]


def test_a_wrong_date_is_shown_as_it_was_typed():
    assert shown_date(SlideForm(posted(("31", "2", "2026")))) == ["31", "2", "2026"]


def test_a_stored_date_is_shown_in_its_three_fields():
    stored = {"due": datetime.date(2026, 3, 27)}
    assert shown_date(SlideForm(initial=stored)) == ["27", "03", "2026"]


def test_other_forms_keep_django_s_looks():
    class PlainForm(forms.Form):
        title = forms.CharField()

    assert "govuk" not in str(PlainForm())
