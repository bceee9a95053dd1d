"""People: their accounts, and the links that let them choose a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from reader.models import Project, User
from reader.services.errors import Refused


@transaction.atomic
def create_person(
    email: str, name: str = "", password: str | None = None, *, owns_site: bool = False
) -> User:
    """A new account.

    Args:
        password: without one nobody can sign in until they open a link of `password_link`.
        owns_site: they may also use the admin pages.

    Raises:
        Refused: the address is not one, or has an account; the password is too easy to guess.
    """
    email = normalized(email)
    person = User(email=email, name=name.strip())
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(
            _("“%(email)s” is not an e-mail address.") % {"email": email}, "email"
        ) from None
    if password is not None:
        check_password(password, person)
    try:
        with transaction.atomic():
            return User.objects.create_user(
                email, password, name=person.name, is_staff=owns_site, is_superuser=owns_site
            )
    except IntegrityError:
        raise Refused(_("There is already an account with this address."), "email") from None


def check_password(password: str, person: User) -> None:
    """Apply the site's rules for passwords.

    Raises:
        Refused: with every rule that the password breaks.
    """
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "password") from None


@transaction.atomic
def rename(person: User, name: str) -> None:
    """Change the name by which members of the same projects know somebody."""
    person.name = " ".join(name.split())
    person.save(update_fields=["name"])
    Project.objects.filter(memberships__user=person).update(version=F("version") + 1)


def password_link(person: User) -> str:
    """The path of a page where they choose a password: works once, and for PASSWORD_RESET_TIMEOUT
    seconds (three days)."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": default_token_generator.make_token(person),
        },
    )


def find_person(email: str) -> User:
    """The account with this address.

    Raises:
        Refused: there is none.
    """
    person = User.objects.filter(email=normalized(email)).first()
    if person is None:
        raise Refused(
            _("There is no account with the address “%(email)s”.") % {"email": email}, "email"
        )
    return person


def normalized(email: str) -> str:
    """An address as accounts keep it; case does not tell two people apart."""
    return email.strip().lower()
