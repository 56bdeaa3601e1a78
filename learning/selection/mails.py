"""What this room writes to people: a link and a reference, never a word about a child."""

from collections import defaultdict
from typing import Any

from django.core.mail import send_mail
from django.urls import reverse

from learning.people.mailing import whole_address
from learning.selection.models import SampledCase


def tell_workers(cases: list[SampledCase]) -> int:
    """Tell each worker once which cases were drawn, and what to do about it; how many workers it were."""
    by_worker: dict[int, list[SampledCase]] = defaultdict(list)
    for case in cases:
        if case.worker_id is not None:
            by_worker[case.worker_id].append(case)
    for own in by_worker.values():
        _tell(own)
    return len(by_worker)


def _tell(cases: list[SampledCase]) -> None:
    links = [
        f"{case.ref}: {whole_address(reverse('selection:prepare', args=[case.ref]))}"
        for case in cases
    ]
    worker: Any = cases[0].worker
    send_mail(
        f"Practice audit {cases[0].cycle.ref}: please prepare",
        "Work of yours was drawn at random for the practice audit. What to do, and by when, "
        "is here:\n\n" + "\n".join(links) + "\n",
        None,
        [worker.email],
        fail_silently=True,
    )
