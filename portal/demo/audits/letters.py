"""Private letters about good work: some kept, some shared, and each published one with what it came of."""

from datetime import datetime, timedelta
from typing import Any

from audit_pages.models import LetterPage
from learning.evidence.models import PageEvidence
from learning.letters.models import GoodPracticeLetter
from learning.letters.states import WITH_THE_WORKER, LetterState
from learning.programme.models import AuditCycle
from learning.submissions.models import AuditSubmission
from learning.submissions.states import AFTER_QUALITY_ASSURANCE
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import DEPUTY, LEAD
from portal.demo.audits.quarters import CLOSED, UNDER_WAY, pace_of
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import read

State = LetterState
SENIOR, PRIYA = "devika.raghunathan", "priya.chandrasekhar"
LAST = CLOSED[-1]
KEPT = {"2024-Q4": State.DECLINED, "2025-Q2": State.SENT, "2025-Q4": State.WITHDRAWN}
"""What became of letters of which no page came, beside those of the last two cycles."""

BEFORE_LAST = [State.CONSENTED, State.SENT]
NOW = [(State.NOMINATED, ""), (State.NOMINATED, SENIOR), (State.DRAFTED, DEPUTY)]
"""In the cycle under way: one for which somebody is to be chosen, one to be written, one to be approved."""

STEPS = {
    State.DECLINED: ["decline"],
    State.CONSENTED: ["give_consent"],
    State.ANONYMISED: ["give_consent", "begin_page"],
    State.WITHDRAWN: ["give_consent", "withdraw_consent"],
}
"""What follows when a letter has been sent, up to each state."""


def write_letters(cast: Cast) -> None:
    """Every cycle's letters, in the order of their references."""
    shelf = Shelf()
    for cycle in AuditCycle.objects.filter(ref__in=[*CLOSED, UNDER_WAY]).order_by("ref"):
        _Letters(shelf, cast, cycle).write()
    shelf.put_down()


class _Letters:
    """The letters of one cycle, numbered as they come; each audit gives one at most."""

    def __init__(self, shelf: Shelf, cast: Cast, cycle: AuditCycle) -> None:
        self.shelf, self.cast, self.cycle = shelf, cast, cycle
        self.pace, self.words = pace_of(cycle.ref), read("letters.toml")
        audits = AuditSubmission.objects.filter(
            case__cycle=cycle,
            case__worker__isnull=False,
            case__area__code__in=self.words,
            state__in=AFTER_QUALITY_ASSURANCE,
        )
        self.free = list(
            audits.select_related("case__area", "case__worker", "case__pair").order_by("case__ref")
        )
        self.count = 0

    def write(self) -> None:
        if self.cycle.ref == UNDER_WAY:
            for state, writer in NOW:
                self._put(self._next(), state, writer=writer)
            return
        if self.cycle.ref == LAST:
            self._put(self._next(PRIYA), State.SENT, writer=SENIOR, is_read=False)
            self._put(self._next(), State.DECLINED)
            return
        for page in LetterPage.objects.filter(quarter=self.cycle.quarter).order_by("slug"):
            self._publish(page)
        kept = BEFORE_LAST if self.cycle.ref == CLOSED[-2] else [KEPT.get(self.cycle.ref)]
        for state in filter(None, kept):
            self._put(self._next(), state)

    def _publish(self, page: LetterPage) -> None:
        """The letter that this page was made of, and the audit that the page rests on."""
        areas = {area.code for area in page.areas_of_work.all()}
        audit = self._next(areas=areas & self.words.keys())
        self._put(audit, State.ANONYMISED, page=page)
        when = self.pace.at("close", 11)
        self.shelf.add(
            PageEvidence(page=page, submission=audit, named_by=self.cast[LEAD], named_at=when)
        )

    def _next(self, worker: str = "", areas: set[str] | None = None) -> AuditSubmission:
        """The next audit that has given no letter yet: of this worker or these areas, if they are named."""
        found = next(
            audit
            for audit in self.free
            if (not worker or audit.case.worker == self.cast[worker])
            and (not areas or audit.case.area.code in areas)
        )
        self.free.remove(found)
        return found

    def _put(
        self,
        audit: AuditSubmission,
        state: LetterState,
        *,
        writer: str = LEAD,
        page: LetterPage | None = None,
        is_read: bool = True,
    ) -> None:
        self.count += 1
        words, nominated_by = self.words[audit.case.area.code], self._people(audit)[0]
        is_sent = state in WITH_THE_WORKER
        parts = GoodPracticeLetter.PARTS if state != State.NOMINATED else {}
        letter = GoodPracticeLetter(
            ref=f"{self.cycle.ref}-L-{self.count:02}",
            cycle=self.cycle,
            submission=audit,
            worker=audit.case.worker,
            what_was_done=words["what_was_done"],
            difference_made=words["difference_made"],
            nominated_by=nominated_by,
            nominated_at=self._nominated_at(),
            writer=self.cast[writer] if writer else None,
            **{name: words[name] for name in parts},
            approved_by=self.cast[DEPUTY] if is_sent else None,
            sent_at=self._sent_at() if is_sent else None,
            read_at=self._sent_at() + timedelta(hours=5) if is_sent and is_read else None,
            page=page,
            state=state,
        )
        self.shelf.add(letter)
        self._tell(letter)

    def _people(self, audit: AuditSubmission) -> list[Any]:
        pair = audit.case.pair
        return pair.people if pair else [self.cast[LEAD]]

    def _nominated_at(self) -> datetime:
        return self.pace.at("share", 9)

    def _sent_at(self) -> datetime:
        """With the learning of the cycle, some days before it is closed."""
        return self.pace.at("publish_learning", 10)

    def _tell(self, letter: GoodPracticeLetter) -> None:
        """The events of the letter's way."""
        self._event(letter, "nominate", self._nominated_at(), letter.nominated_by)
        if letter.state != State.NOMINATED:
            self._event(letter, "draft", self._nominated_at() + timedelta(hours=6), letter.writer)
        if letter.sent_at is None:
            return
        self._event(letter, "approve", letter.sent_at - timedelta(days=2), letter.approved_by)
        self._event(letter, "send", letter.sent_at, letter.approved_by)
        for turn, step in enumerate(STEPS.get(State(letter.state), []), start=1):
            by = self.cast[LEAD] if step == "begin_page" else letter.worker
            self._event(letter, step, letter.sent_at + timedelta(days=2 * turn), by)

    def _event(self, letter: GoodPracticeLetter, step: str, when: datetime, by: Any) -> None:
        self.shelf.event(when, by, f"goodpracticeletter.{step}", letter)
