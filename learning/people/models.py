"""Who works here: teams and the people in them."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from guardian.mixins import GuardianUserMixin

from learning.people.roles import DESK_ROLES, READING_ROLES, Role
from learning.prepared import PreparedRead


@PreparedRead
def _groups_of(person: Any) -> models.QuerySet[Any, Any]:
    return Group.objects.filter(user=person).values_list("pk", "name")


class Team(models.Model):
    """A team; published learning names its service area, never the team itself (domain.md D7)."""

    code = models.SlugField(
        max_length=40,
        unique=True,
        help_text="A short name without spaces, for example “assessment-north”. It stays as it is.",
    )
    name = models.CharField(
        max_length=120,
        unique=True,
        help_text="As the council’s case system writes it: a list of cases is matched by this name.",
    )
    service_area = models.CharField(max_length=120, help_text="How learning may refer to it.")
    is_active = models.BooleanField(
        "active",
        default=True,
        help_text="Take the tick off instead of deleting a team: it stays where it stands already, "
        "and can no longer be chosen.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="team_name_once",
                violation_error_message="There is a team of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_used(self) -> bool:
        """Whether anything belongs to the team or names it, so that it is kept."""
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self}).exists()
            for relation in self._meta.get_fields(include_hidden=True)
            if isinstance(relation, models.ManyToOneRel)
        )


class StaffMemberManager(BaseUserManager["StaffMember"]):
    """Makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "StaffMember":
        """A person with this address; without a password nobody can sign in as them yet."""
        if not email:
            raise ValueError(
                "A member of staff needs an e-mail address: it is what they sign in with."
            )
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "StaffMember":
        """A person who may set everything up. Reading case text is not part of it (domain.md E7)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "StaffMember":
        return self.get(email__iexact=username)


class JobFamily(models.TextChoices):
    """Role families, for the balance of a team; pair workspaces show names only (domain.md A15)."""

    SOCIAL_WORK = "social_work", "Social work"
    FAMILY_SUPPORT = "family_support", "Family support and early help"
    RESIDENTIAL_FOSTERING = "residential_fostering", "Residential and fostering"
    MANAGEMENT = "management", "Team management"
    SENIOR_MANAGEMENT = "senior_management", "Senior management"
    QUALITY_ASSURANCE = "quality_assurance", "Quality assurance"
    BUSINESS_SUPPORT = "business_support", "Business support"
    PARTNER = "partner", "Partner or board"


class StaffMember(GuardianUserMixin, AbstractBaseUser, PermissionsMixin):
    """A person who signs in. The e-mail address is the user name."""

    email = models.EmailField("e-mail address", unique=True)
    first_name = models.CharField(max_length=150)
    last_name = models.CharField(max_length=150)
    also_called = models.CharField(
        max_length=250,
        blank=True,
        help_text="Other names that colleagues write, with commas between: a short first name, or an earlier "
        "name in full, for example “Mina, Amina Begum”. The disclosure check looks for them too.",
    )
    job_title = models.CharField(max_length=150, blank=True)
    job_family = models.CharField(max_length=30, choices=JobFamily.choices, blank=True)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    line_manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="line_managed"
    )
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField(
        "last day", null=True, blank=True, help_text="After this day they can no longer sign in."
    )
    is_staff = models.BooleanField("technical administrator", default=False)
    is_active = models.BooleanField(
        "active", default=True, help_text="Take the tick off instead of deleting a person."
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = StaffMemberManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = "member of staff"
        verbose_name_plural = "staff"
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="staff_email_once",
                violation_error_message="Somebody already signs in with this e-mail address.",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="staff_last_day_after_first",
                violation_error_message="The last day is before the first day.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def name_and_job(self) -> str:
        """“Maya Shah, social worker”, or the name alone where no job is known."""
        return f"{self}, {self.job_title}" if self.job_title else str(self)

    @cached_property
    def role_groups(self) -> dict[int, str]:
        """The groups this person is in, id and name; one query a request."""
        return dict(_groups_of.ask(self.pk))

    @cached_property
    def role_names(self) -> frozenset[str]:
        return frozenset(self.role_groups.values())

    def has_role(self, *roles: Role) -> bool:
        """Whether the person is in any of these role groups."""
        return any(role.label in self.role_names for role in roles)

    @property
    def may_sign_in(self) -> bool:
        """Active today: switched on, and within the first and last day."""
        today = timezone.localdate()
        return (
            self.is_active
            and (self.starts_on is None or self.starts_on <= today)
            and (self.ends_on is None or self.ends_on >= today)
        )

    @cached_property
    def may_read_learning(self) -> bool:
        """Whether a role gives this person the reading of published learning (domain.md E7)."""
        return self.is_superuser or self.has_role(*READING_ROLES)

    @property
    def has_desk(self) -> bool:
        """Whether a role gives this person the editors' desk, Wagtail's admin."""
        return self.is_superuser or self.has_role(*DESK_ROLES)


def cannot_sign_in(person: str) -> models.Q:
    """Rows where nobody stands at this path, or somebody of whom `may_sign_in` says no."""
    today = timezone.localdate()
    return (
        models.Q(**{person: None})
        | models.Q(**{f"{person}__is_active": False})
        | models.Q(**{f"{person}__starts_on__gt": today})
        | models.Q(**{f"{person}__ends_on__lt": today})
    )
