"""What this room writes to people: a link and a reference, never a word about a child."""

from collections import defaultdict
from typing import Any

from django.urls import reverse

from learning.people.mailing import mail_once_saved, whole_address
from learning.programme.mails import words_about_days
from learning.programme.models import AuditCycle, AuditPair
from learning.selection.models import SampledCase


def tell_workers(cases: list[SampledCase]) -> None:
    """Tell each worker once which cases were drawn, and what to do about it."""
    for own in _by_worker(cases):
        _tell(own)


def tell_former_pair(case: SampledCase, pair: AuditPair | None) -> None:
    """Tell those who had the case that another pair audits it now. Its new pair hears of it from the audit."""
    url = whole_address(reverse("programme:my_part", args=[case.cycle.ref]))
    for person in pair.people if pair else []:
        mail_once_saved(
            person,
            f"Practice audit {case.ref}: another pair takes it over",
            f"You need not audit this case any more. What is yours in this cycle is here:\n\n{url}\n",
        )


def tell_of_exchange(pair: AuditPair, *, left: Any, joined: Any) -> None:
    """Tell the pair that one of its auditors is another now, and whoever left. The newcomer hears of each case
    from its audit."""
    url = whole_address(reverse("programme:my_part", args=[pair.cycle.ref]))
    subject = f"Practice audit {pair.cycle.ref}: an auditor of your pair is exchanged"
    mail_once_saved(
        left,
        subject,
        f"A colleague takes your place. What is yours in this cycle is here:\n\n{url}\n",
    )
    for person in pair.people:
        if person != joined:
            mail_once_saved(
                person, subject, f"You go on with somebody else. With whom is here:\n\n{url}\n"
            )


def tell_pair_of_conversation(case: SampledCase) -> None:
    """Tell the pair that has the case, if one has, that its worker has said anew when they can talk."""
    url = whole_address(reverse("selection:case", args=[case.ref]))
    for person in case.pair.people if case.pair else []:
        mail_once_saved(
            person,
            f"Practice audit {case.ref}: when the worker can talk",
            f"The worker of this case has changed what was confirmed. It is here:\n\n{url}\n",
        )


def tell_of_days(cycle: AuditCycle, cases: list[SampledCase]) -> None:
    """Tell the worker of each of these cases, once, that the days of the cycle have changed."""
    subject, body = words_about_days(cycle)
    for own in _by_worker(cases):
        worker: Any = own[0].worker
        mail_once_saved(worker, subject, f"{body}\n\n{_links(own)}\n")


def _by_worker(cases: list[SampledCase]) -> list[list[SampledCase]]:
    """The cases of each worker; those without one are left out."""
    by_worker: dict[int, list[SampledCase]] = defaultdict(list)
    for case in cases:
        if case.worker_id is not None:
            by_worker[case.worker_id].append(case)
    return list(by_worker.values())


def _links(cases: list[SampledCase]) -> str:
    return "\n".join(
        f"{case.ref}: {whole_address(reverse('selection:prepare', args=[case.ref]))}"
        for case in cases
    )


def _tell(cases: list[SampledCase]) -> None:
    worker: Any = cases[0].worker
    mail_once_saved(
        worker,
        f"Practice audit {cases[0].cycle.ref}: please prepare",
        "Work of yours was drawn at random for the practice audit. What to do, and by when, "
        "is here:\n\n" + f"{_links(cases)}\n",
    )
