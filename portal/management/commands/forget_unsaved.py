"""`forget_unsaved`: what people typed for a preview and did not save."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.admin.models import FormState


class Command(BaseCommand):
    help = (
        "Deletes what editors typed for a preview, a day after they did. Wagtail does so only when "
        "somebody asks for the next preview."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        FormState.objects.stale().delete()
