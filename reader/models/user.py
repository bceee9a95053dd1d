"""People: who signs in, and how they are invited."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users that are known by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new person; without a password nobody can sign in as them.

        Raises:
            ValueError: the address is empty.
        """
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An owner of the site: may use Django's admin."""
        return self.create_user(
            email, password, **(fields | {"is_staff": True, "is_superuser": True})
        )


class Theme(models.TextChoices):
    AUTO = "auto", _("As the device has it")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class TypeSize(models.TextChoices):
    SMALL = "small", _("Small")
    NORMAL = "normal", _("Normal")
    LARGE = "large", _("Large")
    LARGEST = "largest", _("Largest")


class Measure(models.TextChoices):
    """How long the lines of an article are."""

    NARROW = "narrow", _("Narrow")
    NORMAL = "normal", _("Normal")
    WIDE = "wide", _("Wide")


class Typeface(models.TextChoices):
    SERIF = "serif", _("Serif")
    SANS = "sans", _("Sans serif")


class User(AbstractUser):
    """A person with an account, and how they like to read.

    `language` and `time_zone` are empty where the site's own are taken. Articles first seen
    before `unread_since` count as read.
    """

    username = None  # type: ignore[assignment]  # known by e-mail address alone
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150, blank=True)
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    type_size = models.CharField(max_length=7, choices=TypeSize.choices, default=TypeSize.NORMAL)
    measure = models.CharField(max_length=6, choices=Measure.choices, default=Measure.NORMAL)
    typeface = models.CharField(max_length=5, choices=Typeface.choices, default=Typeface.SERIF)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=50, blank=True)
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    read_when_opened = models.BooleanField(default=True)
    unread_since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="user_theme"),
            models.CheckConstraint(
                condition=Q(type_size__in=TypeSize.values), name="user_type_size"
            ),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="user_measure"),
            models.CheckConstraint(condition=Q(typeface__in=Typeface.values), name="user_typeface"),
        ]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[assignment,misc]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.email.partition("@")[0]

    def get_short_name(self) -> str:
        return self.get_full_name()


class Invitation(models.Model):
    """A link that lets one person join a project. Only a hash of its token is stored."""

    token_hash = models.CharField(max_length=64, unique=True)
    project = models.ForeignKey("reader.Project", models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10)
    note = models.CharField(max_length=200, blank=True, help_text="Whom it is meant for.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"invitation to {self.project_id} as {self.role}"
