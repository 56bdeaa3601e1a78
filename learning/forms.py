"""How a form of the portal is drawn, room for words, and a date typed as day, month and year.

The renderer is set form by form and never for the whole project, so that the Wagtail admin keeps
its own looks.
"""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

INPUTS = ("text", "email", "number", "password", "url", "tel", "search")
TIMES = ("date", "datetime", "time")
OPTIONS = {"checkbox_select": "checkboxes", "radio": "radios"}
SAME_NAME = ("checkbox", "clearable_file_input", "file", "hidden", "select", "textarea")


def _own_widgets() -> dict[str, str]:
    """Django's template of each widget that has a template of ours, with ours."""
    names = dict.fromkeys(INPUTS + TIMES, "input") | OPTIONS | {name: name for name in SAME_NAME}
    return {
        f"django/forms/widgets/{theirs}.html": f"forms/widgets/{ours}.html"
        for theirs, ours in names.items()
    }


class GovukRenderer(TemplatesSetting):
    """Draws a form with govuk-frontend's markup; widgets unknown here keep Django's."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    own_widgets = _own_widgets()

    def get_template(self, template_name: str) -> Any:
        return super().get_template(self.own_widgets.get(template_name, template_name))


class GovukForm(forms.BaseForm):
    """Mixed into a form before its base: `class NoteForm(GovukForm, forms.ModelForm)`.

    The browser's own messages are off, so that every error is said in our words, in the summary.
    """

    default_renderer = GovukRenderer
    use_required_attribute = False

    def full_clean(self) -> None:
        """Also fields that a form makes for itself, after its base was made, get our words."""
        for field in self.fields.values():
            say_in_our_words(field)
        super().full_clean()


def say_in_our_words(field: forms.Field) -> None:
    """Django's own sentences of this field are replaced; what a form says itself is kept."""
    ours = _OURS | {"required": what_is_missing(field)}
    if isinstance(field, forms.DateField):
        ours["invalid"] = "Enter a day that is in the calendar, such as 27 3 2026."
    if isinstance(field, forms.IntegerField):
        ours["invalid"] = "Enter a whole number."
    for code, sentence in ours.items():
        if field.error_messages.get(code) in _usual(field, code):
            field.error_messages[code] = sentence


_OURS = {
    "invalid_choice": "Choose one that is in the list.",
    "min_value": "Enter %(limit_value)s or more.",
    "max_value": "Enter %(limit_value)s or less.",
    "max_length": "Write at most %(limit_value)d characters; there are %(show_value)d now.",
}


def _usual(field: forms.Field, code: str) -> list[Any]:
    """Django's sentences for this, of each class that the field is of; None where a validator says it."""
    kinds = [kind for kind in type(field).__mro__ if kind.__module__.startswith("django.")]
    known = [getattr(kind, "default_error_messages", {}) for kind in kinds]
    return [None, *(messages[code] for messages in known if code in messages)]


def what_is_missing(field: forms.Field) -> str:
    """What to do about a field that was left empty. Its label stands before it, in the summary as well."""
    if isinstance(field.widget, forms.CheckboxInput):
        return "Tick this before you go on."
    if isinstance(field, forms.FileField):
        return "Choose a file."
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return "Choose at least one."
    if isinstance(field, forms.ChoiceField):
        return "Choose an answer."
    if isinstance(field, forms.DateField):
        return "Enter a day."
    if isinstance(field, forms.IntegerField):
        return "Enter a number."
    return "Write something here."


def words_field(
    label: str, help_text: str, missing: str = "", *, rows: int = 4, longest: int = 5000
) -> forms.CharField:
    """Room for a few sentences. It has to be filled in where there is a sentence for when it is missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "true"}),
        error_messages={"required": missing},
    )


class DayMonthYearInput(forms.Widget):
    """Three short fields for a DateField; what was typed is shown again when it is not a date."""

    template_name = "forms/widgets/date.html"
    use_fieldset = True
    parts = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))

    def format_value(self, value: Any) -> dict[str, str]:
        """Day, month and year of a date, or of the text that value_from_datadict gave."""
        year, month, day = [*str(value or "").split("-", 2), "", "", ""][:3]
        return {"day": day, "month": month, "year": year}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["parts"] = [
            {
                "key": key,
                "name": f"{name}_{key}",
                "label": label,
                "width": width,
                "value": shown[key],
            }
            for key, label, width in self.parts
        ]
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else id_

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """The three fields as year-month-day for the DateField, or None when all are empty."""
        typed = [data.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")]
        return "-".join(typed) if any(typed) else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part, _, _ in self.parts)
