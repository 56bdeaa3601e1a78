"""What people fill in about their packs."""

from typing import Any

from django import forms
from django.utils.html import format_html

from audit_pages.packs.characters import writable
from audit_pages.packs.content import Part
from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.selectors import quarters_to_choose, themes_to_choose
from learning.forms import DayMonthYearInput, GovukForm
from learning.people.choosing import PeopleChoiceField, teams_to_choose
from learning.people.models import StaffMember, Team
from learning.vocabulary.models import Theme


class WordsField(forms.CharField):
    """Text, without the control characters that come along when text is pasted."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(writable(value) if isinstance(value, str) else value)


class DetailsForm(GovukForm, forms.ModelForm):
    """Title, day, and whose day it is."""

    title = WordsField(max_length=120, help_text="It stands on the first slide.")
    presented_to = WordsField(
        label="Who it is for",
        max_length=120,
        required=False,
        help_text="A team or a meeting, if you know it.",
    )
    presented_on = forms.DateField(
        label="Date of the day",
        required=False,
        widget=DayMonthYearInput,
        help_text="For example, 14 3 2027.",
        error_messages={"invalid": "Give the date as day, month and year, such as 14 3 2027."},
    )
    presenter = WordsField(
        label="Name on the first slide",
        max_length=120,
        required=False,
        help_text="Leave this empty if the slides are to carry no name.",
    )

    class Meta:
        model = Pack
        fields = ["title", "presented_to", "presented_on", "presenter"]


class StartForm(GovukForm, forms.Form):
    """How a new pack begins."""

    EMPTY, REVIEW_DAY = "empty", "review_day"
    title = WordsField(
        max_length=120,
        help_text="It stands on the first slide, for example “What a year of listening taught us”.",
        error_messages={"required": "Give the pack a title."},
    )
    start_from = forms.ChoiceField(
        label="Start from",
        choices=[
            (REVIEW_DAY, "The review day template: twelve steps, filled from what is published"),
            (EMPTY, "An empty pack"),
        ],
        initial=REVIEW_DAY,
        widget=forms.RadioSelect,
    )
    quarter = forms.ChoiceField(
        required=False,
        help_text="The template takes this quarter's learning, findings and letters.",
    )
    theme: Any = forms.ModelChoiceField(
        queryset=Theme.objects.none(),
        required=False,
        empty_label="No theme",
        help_text="The template takes the newest published pages about it, and its trend.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        quarters = [(quarter, quarter) for quarter in quarters_to_choose(user)]
        fields["quarter"].choices = [("", "No quarter"), *quarters]
        fields["theme"].queryset = themes_to_choose()


class SlideForm(GovukForm, forms.ModelForm):
    """The presenter's own words on a slide, and which parts of its page it shows."""

    heading = WordsField(max_length=120, required=False)
    text = WordsField(
        label="Your text",
        max_length=6000,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="An empty line begins a paragraph, “- ” a bullet, “1. ” a numbered line. Long text "
        "goes on over further slides. Write nothing that a child, a family or a colleague could be "
        "known by.",
    )
    notes = WordsField(
        label="Notes for whoever presents",
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Not on the slide: below it in PowerPoint, and on the printed page.",
    )
    parts = forms.MultipleChoiceField(
        label="Show these parts of the page",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="With none of them ticked, a page's slide shows its headline and summary alone.",
    )

    class Meta:
        model = Slide
        fields = ["heading", "text", "notes"]

    field_order = ["heading", "parts", "text", "notes"]

    def __init__(self, *args: Any, parts: list[Part], default_heading: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anchors = [part.anchor for part in parts if part.anchor != "attribution"]
        self._all_parts = anchors
        # Help texts are drawn as HTML, and a page's title is only text.
        self.fields["heading"].help_text = format_html("Empty: “{}”.", default_heading)
        if not anchors:
            del self.fields["parts"]
            return
        ticks: Any = self.fields["parts"]
        ticks.choices = [(part.anchor, part.heading) for part in parts if part.anchor in anchors]
        chosen = self.instance.chosen_parts
        self.initial["parts"] = anchors if chosen is None else chosen

    def save(self, commit: bool = True) -> Slide:
        """The slide; with every part ticked it shows parts that the page may gain later, too."""
        if "parts" in self.fields:
            chosen = self.cleaned_data["parts"]
            self.instance.chosen_parts = None if chosen == self._all_parts else chosen
        return super().save(commit)


class ReadAgainForm(GovukForm, forms.Form):
    """Whoever takes the pack has read its marked words again; `words` says which they were."""

    read = forms.BooleanField(
        label="I have read these words again: no child, family or colleague can be known by them, or they "
        "have agreed",
        error_messages={"required": "Read the words again, and tick the box if they may go out."},
    )
    words = forms.CharField(widget=forms.HiddenInput)
    without = forms.CharField(widget=forms.HiddenInput, required=False)


class PresentationForm(GovukForm, forms.Form):
    """When and to whom something was presented, and what the team takes from it."""

    presented_on = forms.DateField(
        label="Day", widget=DayMonthYearInput, help_text="For example, 14 3 2027."
    )
    team: Any = forms.ModelChoiceField(queryset=Team.objects.none(), empty_label="Choose a team")
    attended = forms.IntegerField(
        label="How many people were there?",
        min_value=1,
        max_value=1000,
        help_text="A count, without names. Fewer than five are shown as “fewer than 5”.",
    )
    change = WordsField(
        label="One change that the team will make",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you will do differently, and for which children it should be felt first. Write "
        "nothing that a child, a family or a colleague could be known by.",
        error_messages={"required": "Write the one change that the team chose."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        team = self.initial.get("team")
        fields["team"].queryset = teams_to_choose(team.pk if team else None)


class AddSlideForm(GovukForm, forms.Form):
    """A further step of the template, or a slide of one's own."""

    kind = forms.ChoiceField(
        label="Add a slide",
        choices=[choice for choice in Slide.Kind.choices if choice[0] in Slide.WRITTEN_KINDS],
    )


class ShareForm(GovukForm, forms.Form):
    """Colleagues to share a pack with, out of those whose names were looked for."""

    people = PeopleChoiceField(
        label="Share with",
        queryset=StaffMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one colleague."},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticks: Any = self.fields["people"]
        ticks.queryset = people
