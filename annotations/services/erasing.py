"""Erasing for good: afterwards no table holds it, the history included. Only commands do this;
everywhere else deleting is a state."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from annotations.models import (
    Annotation,
    Attribution,
    Claim,
    ClaimLink,
    Reply,
    Speaker,
)
from annotations.services.claim_words import learn_words_anew
from annotations.services.erased_history import (
    Deleted,
    erase_from_history,
    erase_history_without_parent,
    history_of,
)
from reader.models import (
    Article,
    Invitation,
    Membership,
    Picture,
    Project,
    Revision,
    Role,
    User,
    Visibility,
)
from reader.services.pictures import remove_unused


@dataclass
class Erased:
    """What an erasure removed (table in words: rows), and what else its reader must know."""

    rows: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def add(self, deleted: Deleted) -> None:
        """Count what one `delete()` of Django's removed."""
        for label, number in deleted[1].items():
            self.rows[str(apps.get_model(label)._meta.verbose_name_plural)] += number

    def add_all(self, several: Iterable[Deleted]) -> None:
        """Count what several of them removed."""
        for deleted in several:
            self.add(deleted)


@transaction.atomic
def purge_article(article_id: UUID) -> Erased:
    """Erase an article: revisions, annotations, shares, replies, withdrawals, and the history of
    all these; also claims and speakers that nothing else in their projects names.

    Raises:
        Article.DoesNotExist: there is none.
    """
    article = Article.objects.get(pk=article_id)
    erased = Erased()
    same_text = Revision.objects.filter(sha256__in=article.revisions.values("sha256"))
    twins = Article.objects.filter(revisions__in=same_text).exclude(pk=article.pk).distinct()
    erased.remarks += [f"The same text is also in article {twin.pk}." for twin in twins]

    annotations = Annotation.objects.filter(article=article)
    named = Q(project_articles__article=article) | Q(annotations__in=annotations)
    projects = set(Project.objects.filter(named).values_list("pk", flat=True))
    Project.objects.filter(pk__in=projects).update(version=F("version") + 1)
    ids = list(annotations.values_list("pk", flat=True))
    own = set(Speaker.objects.filter(article=article).values_list("pk", flat=True))
    speakers = own | _ever_named(Attribution, "speaker_id", ids)
    claims = _ever_named(ClaimLink, "claim_id", ids)

    _remove_pictures(Q(pk=article.pk))
    erased.add(article.delete())
    _erase_unnamed(Speaker, speakers, "attributions", erased)
    _erase_unnamed(Claim, claims, "links", erased)
    learn_words_anew(projects)
    erased.add_all(erase_history_without_parent())
    return erased


def _ever_named(
    link: type[Attribution] | type[ClaimLink], column: str, annotations: list[UUID]
) -> set[int]:
    """Speakers or claims that annotations name, or named before somebody corrected them."""
    now = link._default_manager.filter(annotation__in=annotations)
    before = history_of(link).filter(annotation_id__in=annotations)
    return {*now.values_list(column, flat=True), *before.values_list(column, flat=True)}


def _erase_unnamed(
    model: type[Speaker] | type[Claim], candidates: set[int], uses: str, erased: Erased
) -> None:
    """Erase those that no annotation names any more, then what they were merged into, likewise."""
    rows = model._default_manager.filter(pk__in=candidates)
    unused = dict(rows.filter(**{uses: None, "merged_here": None}).values_list("pk", "merged_into"))
    erased.add(rows.filter(pk__in=unused).delete())
    kept = model._default_manager.filter(pk=OuterRef("pgh_obj_id"))
    erased.add(history_of(model).filter(~Exists(kept), pgh_obj_id__in=candidates).delete())
    parents = {merged_into for merged_into in unused.values() if merged_into}
    if parents:
        _erase_unnamed(model, parents, uses, erased)


@transaction.atomic
def delete_user(user_id: int) -> Erased:
    """Erase an account: what only they had goes with it, what they marked in projects with
    others stays, by a former member.

    Raises:
        User.DoesNotExist: there is none.
    """
    person = User.objects.get(pk=user_id)
    erased = Erased()
    alone = _projects_of_their_own(person)
    _hand_over(person, erased)
    _erase_mentions(person, erased)
    named_them = Q(memberships__user=person) | Q(annotations__annotator=person)
    Project.objects.filter(named_them).update(version=F("version") + 1)
    _remove_pictures(Q(scope__in=alone))
    erased.add(alone.delete())
    erased.add(person.delete())
    erased.add_all(erase_from_history(user_id, person.email))
    erased.add_all(erase_history_without_parent())
    return erased


@transaction.atomic
def delete_project(project_id: int) -> Erased:
    """Erase a project: its own articles, all that was marked and shared in it, and its history.
    Articles of the library stay.

    Raises:
        Project.DoesNotExist: there is none.
    """
    erased = Erased()
    _remove_pictures(Q(scope=project_id))
    erased.add(Project.objects.get(pk=project_id).delete())
    erased.add_all(erase_history_without_parent())
    return erased


def _remove_pictures(which: Q) -> None:
    """When the articles are gone, remove the files of the pictures that only they showed."""
    articles = Article.objects.filter(which)
    stored = Picture.objects.filter(article__in=articles).exclude(sha256="")
    digests = list(stored.values_list("sha256", flat=True).distinct())
    transaction.on_commit(partial(remove_unused, digests))


def _projects_of_their_own(person: User) -> models.QuerySet[Project]:
    others = Membership.objects.filter(project=OuterRef("pk")).exclude(user=person)
    return Project.objects.filter(
        Q(personal_to=person)
        | Q(memberships__user=person, visibility=Visibility.PRIVATE) & ~Exists(others)
    )


def _hand_over(person: User, erased: Erased) -> None:
    """A project that loses its only owner gets the next in rank, then in time."""
    others = Membership.objects.filter(project=OuterRef("pk"), role=Role.OWNER).exclude(user=person)
    owned = Project.objects.filter(
        ~Exists(others), memberships__user=person, memberships__role=Role.OWNER
    ).exclude(pk__in=_projects_of_their_own(person))
    for project in owned:
        heirs = Membership.objects.filter(project=project, user__is_active=True).exclude(
            user=person
        )
        heir = max(heirs, key=lambda one: (Role(one.role).rank, -one.pk), default=None)
        if heir is None:
            erased.remarks.append(f"Project {project.slug} has no member left: see the admin.")
        else:
            heir.role = Role.OWNER
            heir.save(update_fields=["role"])
            erased.remarks.append(f"Project {project.slug} is now owned by {heir.user.email}.")


def _erase_mentions(person: User, erased: Erased) -> None:
    """Their address and name where no foreign key leads."""
    email = person.email
    Invitation.objects.filter(Q(used_by=person) | Q(note__icontains=email)).update(note="")
    Reply.objects.filter(contact__icontains=email).update(contact="")
    for project in Project.objects.filter(contact__icontains=email):
        erased.remarks.append(f"The contact of project {project.slug} was theirs; it is empty now.")
        Project.objects.filter(pk=project.pk).update(contact="", version=F("version") + 1)
    about_them = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk)
    )
    erased.add(about_them.delete())
    theirs = [one.pk for one in Session.objects.iterator() if _is_of(one, person)]
    erased.add(Session.objects.filter(pk__in=theirs).delete())


def _is_of(session: Session, person: User) -> bool:
    data = session.get_decoded()
    return data.get("_auth_user_id") == str(person.pk) or person.email in json.dumps(data)
