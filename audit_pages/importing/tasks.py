"""Work on a batch that the task worker does; running it twice does no harm."""

from django_tasks import task

from audit_pages.importing.approving import finish_approval
from audit_pages.importing.models import ImportBatch
from audit_pages.importing.rejecting import finish_rejection
from audit_pages.importing.resuggesting import finish_suggesting
from audit_pages.importing.services import load_batch
from audit_pages.importing.states import BatchState
from audit_pages.importing.withdrawing import finish_withdrawal

_STEPS = {
    BatchState.LOADING: load_batch,
    BatchState.APPROVING: finish_approval,
    BatchState.WITHDRAWING: finish_withdrawal,
    BatchState.REJECTING: finish_rejection,
}


@task()
def go_on_with_batch(batch_id: int) -> str:
    """The batch's state after whatever it was waiting for was done."""
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        return ""
    step = _STEPS.get(BatchState(batch.state))
    return str(step(batch_id).state if step else batch.state)


@task()
def go_on_suggesting(run_id: int) -> int:
    """How many findings have been looked at."""
    return finish_suggesting(run_id).findings_done
