"""The report of a cycle as a board member reads it and takes it away."""

import time
from statistics import median

from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from learning.people.roles import Role
from learning.reports.models import CycleReport
from portal.demo.loader import first_with

FORMS = {"HTML": "report", "DOCX": "download_docx", "PDF": "download_pdf", "CSV": "download_csv"}


def time_report(*, times: int) -> dict[str, dict[str, float]]:
    """For each form seconds of the first answer, whose drawings are made, and of the middle one after it."""
    report = CycleReport.objects.select_related("cycle").order_by("-cycle__ref")[0]
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        first_with(Role.BOARD_MEMBER), backend="learning.people.accounts.StaffBackend"
    )
    return {
        form: _timed(client, reverse(f"reports:{name}", args=[report.cycle.ref]), times)
        for form, name in FORMS.items()
    }


def _timed(client: Client, path: str, times: int) -> dict[str, float]:
    cache.clear()
    first, size = _seconds(client, path)
    later = [_seconds(client, path)[0] for _ in range(times)]
    return {"first": first, "later": median(later), "bytes": size}


def _seconds(client: Client, path: str) -> tuple[float, int]:
    started = time.perf_counter()
    answer = client.get(path)
    taken = time.perf_counter() - started
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return taken, len(answer.content)
