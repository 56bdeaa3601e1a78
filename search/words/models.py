"""Words that editors own: synonyms, stemming overrides, best bets and exclusions; and the set in
use."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import RevisionMixin

from search.analysis.analyser import Analyser, normalise
from search.words.synonyms import problems_in, problems_of_length


class SynonymEntry(RevisionMixin, models.Model):
    """One line of synonyms, as an editor wrote it."""

    line = models.TextField(
        "words that mean the same",
        unique=True,
        help_text="Words and phrases with commas between them: each finds all of them. For an "
        "abbreviation that can mean several things, write “eh => eh, early help”: then only the "
        "left side finds the right.",
    )
    note = models.CharField(
        max_length=200, blank=True, help_text="Why this line is here, for other editors."
    )

    panels = [FieldPanel("line"), FieldPanel("note")]

    class Meta:
        verbose_name = "synonym"
        ordering = ["line"]

    def __str__(self) -> str:
        return self.line

    def clean(self) -> None:
        """Refuses a line that the analyser could not use beside the others."""
        others = SynonymEntry.objects.exclude(pk=self.pk).values_list("line", flat=True)
        problems = problems_of_length(self.line) or problems_in(
            [*others, self.line], Analyser(overrides_written())
        )
        if problems:
            raise ValidationError({"line": problems})


class StemOverride(RevisionMixin, models.Model):
    """A word that the stemmer cuts badly, and the form it is to be found under."""

    word = models.CharField(max_length=60, unique=True, help_text="One word, as people write it.")
    found_as = models.CharField(
        max_length=60, help_text="The form that it shares with its kin: “child” for “children”."
    )

    panels = [FieldPanel("word"), FieldPanel("found_as")]

    class Meta:
        verbose_name = "stemming override"
        ordering = ["word"]

    def __str__(self) -> str:
        return f"{self.word} → {self.found_as}"

    def clean(self) -> None:
        """Refuses anything but single words, a word that leads on from another, and what would
        make two lines of synonyms begin alike."""
        for name in ("word", "found_as"):
            if len(Analyser({}).terms(getattr(self, name))) != 1:
                raise ValidationError({name: "Write one word, without spaces or signs."})
        self.word, self.found_as = normalise(self.word), normalise(self.found_as)
        others = StemOverride.objects.exclude(pk=self.pk)
        self._refuse_chains(others)
        lines = SynonymEntry.objects.values_list("line", flat=True)
        problems = problems_in(lines, Analyser(stems_of([*others, self])))
        if problems:
            raise ValidationError({"found_as": problems})

    def _refuse_chains(self, others: models.QuerySet["StemOverride"]) -> None:
        if self.word == self.found_as:
            raise ValidationError({"found_as": "A word cannot lead to itself."})
        if others.filter(word=self.found_as).exists():
            raise ValidationError(
                {"found_as": f"“{self.found_as}” leads on itself: name the form that it leads to."}
            )
        if others.filter(found_as=self.word).exists():
            raise ValidationError(
                {"word": f"Other words are found as “{self.word}”, so it has to stay as it is."}
            )


class BestBet(RevisionMixin, models.Model):
    """The page that stands above the results for one query."""

    query = models.CharField(
        max_length=120,
        help_text="What people type. Small words, endings and capitals make no difference.",
    )
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    note = models.CharField("what to say beside it", max_length=200, blank=True)

    panels = [FieldPanel("query"), PageChooserPanel("page"), FieldPanel("note")]

    class Meta:
        ordering = ["query"]
        constraints = [
            models.UniqueConstraint(fields=["query", "page"], name="search_bestbet_once")
        ]

    def __str__(self) -> str:
        return self.query

    def clean(self) -> None:
        if not Analyser().terms(self.query):
            raise ValidationError({"query": "Write at least one word."})


class Exclusion(RevisionMixin, models.Model):
    """A page that is left out of the results for one query, because it misleads there."""

    query = models.CharField(max_length=120, help_text="What people type.")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200, help_text="Why it misleads, for other editors.")

    panels = [FieldPanel("query"), PageChooserPanel("page"), FieldPanel("reason")]

    class Meta:
        ordering = ["query"]
        constraints = [
            models.UniqueConstraint(fields=["query", "page"], name="search_exclusion_once")
        ]

    def __str__(self) -> str:
        return self.query

    def clean(self) -> None:
        if not Analyser().terms(self.query):
            raise ValidationError({"query": "Write at least one word."})


class WordsSnapshot(models.Model):
    """The synonyms and overrides that an index was built with; the newest one in use serves
    queries."""

    synonyms = models.TextField(blank=True)
    overrides = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    in_use = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["in_use"],
                condition=models.Q(in_use=True),
                name="search_one_snapshot_in_use",
            )
        ]

    def __str__(self) -> str:
        return f"words of {self.made_at:%Y-%m-%d %H:%M}"


def overrides_written() -> dict[str, str]:
    """The stemming overrides as the editors have them now."""
    return stems_of(StemOverride.objects.all())


def stems_of(overrides: Iterable[StemOverride]) -> dict[str, str]:
    """Word → the stem that it is found under: that of the form which the editor gave."""
    stemmer = Analyser({})
    return {entry.word: stemmer.term(entry.found_as) for entry in overrides}
