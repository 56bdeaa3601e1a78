"""Work that the task worker does; running it twice does no harm."""

from django_tasks import task

from search.ledger.draining import drain


@task()
def drain_ledger() -> int:
    """How many documents were brought up to date."""
    return drain().settled


def drain_soon() -> None:
    """Ask the worker to bring the index up to date."""
    drain_ledger.enqueue()
