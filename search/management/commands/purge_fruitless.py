"""Forget old searches that found nothing; nightly."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from search.reports.recording import KEPT_FOR, purge_fruitless


class Command(BaseCommand):
    help = f"Forget terms that nobody has searched for in vain for {KEPT_FOR.days} days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{purge_fruitless(timezone.localdate())} forgotten.")
