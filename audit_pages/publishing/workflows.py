"""The two ways to the public: who checks, and who publishes (domain.md E7)."""

from typing import Any

from learning.people.roles import Role

ONE_STEP = "Guidance and training"
"""A lead manager approves."""

TWO_STEPS = "Findings, letters and learning"
"""A QA officer checks; then a lead manager publishes, who is another person."""

STEPS: dict[str, list[tuple[str, Role]]] = {
    ONE_STEP: [("Approval", Role.LEAD_QA)],
    TWO_STEPS: [("Second check", Role.QA_OFFICER), ("Publishing", Role.LEAD_QA)],
}


def load(apps: Any) -> None:
    """Make the workflows that are missing; `apps` may be a migration's registry."""
    workflow_model = apps.get_model("wagtailcore", "Workflow")
    for name, steps in STEPS.items():
        workflow, is_new = workflow_model.objects.get_or_create(name=name)
        if is_new:
            for order, (step, role) in enumerate(steps):
                apps.get_model("wagtailcore", "WorkflowTask").objects.create(
                    workflow=workflow, task=_task(apps, step, role), sort_order=order
                )


def _task(apps: Any, name: str, role: Role) -> Any:
    task_model = apps.get_model("audit_pages", "SecondPersonTask")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="audit_pages", model="secondpersontask"
    )
    task, _ = task_model.objects.get_or_create(name=name, defaults={"content_type": content_type})
    task.groups.add(apps.get_model("auth", "Group").objects.get(name=role.label))
    return task
