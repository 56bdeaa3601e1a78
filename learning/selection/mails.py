"""What this room writes to people: a link and a reference, never a word about a child."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from learning.selection.models import SampledCase


def tell_worker(case: SampledCase) -> None:
    """Tell the worker that a case was drawn, and what to do about it."""
    if case.worker is None:
        return
    path = reverse("selection:prepare", args=[case.ref])
    send_mail(
        f"Practice audit {case.cycle.ref}: please prepare",
        "One of your cases was drawn at random for the practice audit. What to do, and by when, "
        f"is here (reference {case.ref}):\n\n{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}\n",
        None,
        [case.worker.email],
        fail_silently=True,
    )
