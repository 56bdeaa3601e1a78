"""What an auditor takes from the days for themselves (domain.md A57–A58, A61–A62).

Its writer's own: nobody else reads it unless the writer shares it with their line manager.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from learning.events.emptying_rules import GONE
from learning.programme.models import AuditCycle

PERSON = settings.AUTH_USER_MODEL


class AuditorReflectionQuerySet(models.QuerySet["AuditorReflection"]):
    """The only way to reflections is through these."""

    def visible_to(self, user: Any) -> "AuditorReflectionQuerySet":
        """One's own, and those that were shared with oneself by people whom one still manages. No role opens
        any, a lead's or a superuser's no more than another."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(person=user) | Q(shared_with=user, person__line_manager=user))

    def shared_with_manager(self, user: Any) -> "AuditorReflectionQuerySet":
        return self.visible_to(user).exclude(person=user)


class AuditorReflection(models.Model):
    """One auditor's reflection on one cycle."""

    BOXES = ("take_back", "challenged", "as_auditor")

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="reflections")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="reflections")
    take_back = models.TextField("what I will take back into my own work", blank=True)
    challenged = models.TextField("which of my assumptions was challenged", blank=True)
    as_auditor = models.TextField("what it was like to look as an auditor", blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    shared_with = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AuditorReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle__ref", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="reflection_once_a_cycle"),
            models.CheckConstraint(
                condition=Q(shared_with__isnull=True) | ~Q(shared_with=F("person")),
                name="reflection_is_shared_with_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Reflection {self.pk}"

    def get_absolute_url(self) -> str:
        """The page for whoever it is shared with."""
        return reverse("reflections:shared", args=[self.pk])

    @property
    def is_written(self) -> bool:
        return any(getattr(self, name) for name in self.BOXES)

    @property
    def is_disposed(self) -> bool:
        """Whether its words went when their time was over."""
        return any(getattr(self, name) == GONE for name in self.BOXES)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What is written, each under its question."""
        named = [(self._meta.get_field(name), getattr(self, name)) for name in self.BOXES]
        return [(_sentence(field.verbose_name), words) for field, words in named if words]  # type: ignore[union-attr]


def _sentence(words: Any) -> str:
    return str(words)[:1].upper() + str(words)[1:]
