"""What this room writes to people: a link, and neither words nor names."""

from learning.people.mailing import mail_once_saved, whole_address
from learning.reflections.models import AuditorReflection


def tell_manager(reflection: AuditorReflection) -> None:
    """Tell the line manager that somebody of theirs has shared a reflection."""
    manager = reflection.shared_with
    if manager is None:
        return
    url = whole_address(reflection.get_absolute_url())
    mail_once_saved(
        manager,
        f"A reflection on {reflection.cycle} was shared with you",
        f"Somebody whom you manage has shared with you what they take from the audit days. It is between the "
        f"two of you:\n\n{url}\n",
    )
