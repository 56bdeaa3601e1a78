"""Named in the settings as the last step of every workflow.

Wagtail imports this while its own models are still being made, so nothing else is imported up here.
"""

from typing import Any


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Publish the approved revision; raises `NotApproved` when it is no longer the newest one."""
    from audit_pages.publishing.services import publish_approved

    publish_approved(workflow_state=workflow_state, approved_by=user)
