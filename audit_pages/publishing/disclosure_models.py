"""What the second person found when they asked whether anybody could be known by a page (domain.md D7)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page, Revision

from learning.programme.settings import AuditSettings


class Trait(models.TextChoices):
    """What a text may tell of one child or family; several together tell who they are."""

    AGE = "age", "Age band"
    SEX = "sex", "Boy or girl"
    CULTURE = "culture", "Ethnicity, language or faith"
    FAMILY = "family", "Size of the family, twins"
    DISABILITY = "disability", "Disability or illness"
    NATIONALITY = "nationality", "Nationality"
    LEGAL_STATUS = "legal_status", "Legal status"
    PLACEMENT = "placement", "Kind of placement"
    AREA = "area", "Where they live"
    EVENT_OF_AGENCY = "event_of_agency", "Something that an agency did"
    DATE = "date", "When it was"
    UNUSUAL_EVENT = "unusual_event", "Something unusual that happened"


QUESTIONS: dict[str, str] = {
    "recognised": "Could a colleague, relative, neighbour, journalist or the child themself recognise who "
    "is meant?",
    "insider": "Could somebody who knows the family, and tries, work out who it is?",
    "linked": "Together with what was published before, or with what people know, does it tell more?",
    "rare": "Is anything in it so rare that it fits one family only?",
    "quoted": "Is anybody quoted in words that others would know them by?",
    "elsewhere": "Do file names, pictures or their descriptions give anybody away?",
}
"""The jigsaw checklist: a yes to any of them sends the text back to its writer."""


class DisclosureCheck(models.Model):
    """One second person's check of one revision. It holds places and kinds, and none of the words."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="+")
    words_digest = models.CharField(max_length=64)
    reasons = models.JSONField(
        default=list, help_text="What may stay: part, start, end, kind, and why."
    )
    consent = models.CharField(
        "how the worker agreed",
        max_length=300,
        blank=True,
        help_text="Of a letter’s page that no private letter stands behind.",
    )
    traits = models.JSONField(default=list, help_text="What the text tells of one child or family.")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(default=timezone.now)
    also_read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    also_read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return f"Disclosure check of revision {self.revision_id}"

    @property
    def needs_another_reader(self) -> bool:
        least = AuditSettings.load().traits_for_another_reader
        return self.also_read_by_id is None and len(self.traits) >= least

    @property
    def trait_words(self) -> list[str]:
        return [str(Trait(code).label) for code in self.traits]
