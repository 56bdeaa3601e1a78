"""Who was let in, why and until when; and who looked."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from guardian.models import UserObjectPermissionBase


class Grant(UserObjectPermissionBase):
    """A person's reading of one object. Each room that guards objects derives its own, with
    `content_object`; the step that makes a relation writes it, the step that ends it removes it."""

    reason = models.CharField(max_length=300)
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: until it is taken away."
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True

    @property
    def is_running(self) -> bool:
        return self.expires_at is None or self.expires_at > timezone.now()


class AccessEvent(models.Model):
    """One look, refusal, export or change. Append-only in the database; never holds content."""

    class Action(models.TextChoices):
        VIEWED = "viewed", "Viewed"
        CHANGED = "changed", "Changed"
        EXPORTED = "exported", "Exported"
        REFUSED = "refused", "Refused"
        GRANTED = "granted", "Granted"
        REVOKED = "revoked", "Taken away"
        SIGNED_IN = "signed_in", "Signed in"
        SIGNED_OUT = "signed_out", "Signed out"
        SIGN_IN_FAILED = "sign_in_failed", "Sign-in failed"

    happened_at = models.DateTimeField(default=timezone.now, db_index=True)
    user_id = models.BigIntegerField(
        null=True, db_index=True, help_text="Kept without a key: people may go."
    )
    action = models.CharField(max_length=20, choices=Action.choices)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="access_object")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.action} {self.object_type} {self.object_id}"
