"""A court restricts a case that a pair has: from then on nobody opens, reads or writes its audit."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from learning.people.roles import Role
from learning.selection.models import SampledCase
from learning.selection.replacing import replace_case, withdraw_case
from learning.selection.states import CaseState, ExclusionReason
from learning.submissions.assuring import sign_off
from learning.submissions.models import AuditSubmission, SubmissionGrant
from learning.submissions.opening import open_case
from learning.submissions.selectors import waiting_for
from learning.submissions.states import SubmissionState
from learning.submissions.submitting import confirm_text
from portal.demo.loader import first_with
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.django_db


def leave(audit: Audit, how: str) -> SampledCase:
    """The case, out of the sample in this way."""
    case, officer = audit.fresh().case, first_with(Role.QA_OFFICER)
    if how == "withdrawn":
        return withdraw_case(
            case=case, reason=ExclusionReason.COURT, words="", withdrawn_by=officer
        )
    frame_case = case.case
    frame_case.pk, frame_case.pseudonym = None, "stands-by"
    frame_case.save()
    reserve = SampledCase.objects.get(pk=case.pk)
    reserve.pk, reserve.ref, reserve.case, reserve.pair = None, f"{case.ref}-R", frame_case, None
    SampledCase.objects.bulk_create([reserve])
    SampledCase.objects.filter(ref=reserve.ref).update(state=CaseState.RESERVE)
    return replace_case(case=case, reason=ExclusionReason.COURT, words="", replaced_by=officer)


@pytest.mark.parametrize("how", ["withdrawn", "replaced"])
def test_the_pair_does_not_open_what_left_the_sample(
    allocated: Audit, sign_in: Any, how: str
) -> None:
    assert [item.title for item in waiting_for(allocated.first)] == [f"Open audit {allocated.ref}"]
    leave(allocated, how)
    assert waiting_for(allocated.first) == []
    with pytest.raises(PermissionDenied):
        open_case(submission=allocated.fresh(), opened_by=allocated.first)
    assert allocated.fresh().state == SubmissionState.NOT_STARTED
    assert not SubmissionGrant.objects.filter(content_object=allocated.submission).exists()
    address = f"/audits/submissions/{allocated.ref}/"
    client = sign_in(allocated.first)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}open/", {"no_link": "on"}).status_code == 404


def test_the_pair_neither_reads_nor_writes_what_was_withdrawn(opened: Audit, sign_in: Any) -> None:
    opened.write("voice", saw="She asked for her aunt.")
    leave(opened, "withdrawn")
    with pytest.raises(PermissionDenied):
        opened.write("voice", saw="Later")
    with pytest.raises(PermissionDenied):
        confirm_text(submission=opened.fresh(), by=opened.first, hints_reason="Fine")
    client, address = sign_in(opened.first), f"/audits/submissions/{opened.ref}"
    for page in ("", "/read", "/sections/voice", "/questions", "/confirm"):
        assert client.get(f"{address}{page}/").status_code == 404
    save = f"{address}/sections/voice/save/"
    assert client.post(save, {"base_version": 1, "saw": "Later"}).status_code == 404
    assert opened.submission.entries.get(section__key="voice").saw == "She asked for her aunt."


def test_the_lead_does_not_go_on_with_what_was_withdrawn(opened: Audit, sign_in: Any) -> None:
    AuditSubmission.objects.filter(pk=opened.submission.pk).update(state=SubmissionState.SUBMITTED)
    read = f"/audits/submissions/{opened.ref}/read/"
    assert sign_in(opened.lead).get(read).status_code == 200
    leave(opened, "withdrawn")
    with pytest.raises(PermissionDenied):
        sign_off(submission=opened.fresh(), reviewer=opened.lead)
    assert sign_in(opened.lead).get(read).status_code == 404
    assert not AuditSubmission.objects.visible_to(opened.worker).exists()
