"""Who may do what with a published page, laid over Wagtail's own rules."""

from wagtail.models import PagePermissionTester


class FourEyesPermissionTester(PagePermissionTester):
    """Nobody publishes by themselves, superusers included: publishing is the workflow's last step.

    Withdrawing, privacy and order stay with those whose group may publish here: taking something
    down never waits.
    """

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def _in_charge(self) -> bool:
        return self.user.is_active and (self.user.is_superuser or "publish" in self.permissions)

    def can_set_view_restrictions(self) -> bool:
        return self._in_charge()

    def can_unschedule(self) -> bool:
        return self._in_charge()
