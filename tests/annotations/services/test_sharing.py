"""Shares: who makes them, when they work."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from annotations.access import open_share
from annotations.models import Annotation, Share
from annotations.services import sharing
from annotations.services.marking import delete
from reader.models import Membership, ProjectArticle
from reader.services.errors import Refused
from tests.annotations.affair import affair
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def works(share: Share) -> bool:
    try:
        open_share(share.code)
    except Http404:
        return False
    return True


def test_a_new_link_works_for_anybody_and_gives_no_role() -> None:
    world = affair()
    opened = open_share(world.share(world.alleged).code)
    assert opened.project == world.project
    assert opened.seat.role is None
    assert not opened.seat.visitor.is_authenticated


def test_codes_are_long_and_all_different() -> None:
    world = affair()
    codes = {world.share(world.project).code for _ in range(20)}
    assert len(codes) == 20
    assert min(map(len, codes)) >= 12


def test_a_revoked_link_ends_at_once_and_for_good() -> None:
    world = affair()
    share, other = world.share(world.alleged), world.share(world.alleged)
    sharing.revoke(share)
    first = Share.objects.get(pk=share.pk).revoked_at
    sharing.revoke(share)
    assert not works(share)
    assert works(other)
    assert Share.objects.get(pk=share.pk).revoked_at == first


def test_an_expired_link_ends() -> None:
    world = affair()
    soon = timezone.now() + timedelta(days=1)
    share = sharing.share(world.subject(world.article), world.alice, soon)
    assert works(share)
    Share.objects.filter(pk=share.pk).update(expires_at=timezone.now())
    assert not works(share)


def test_a_link_cannot_end_in_the_past() -> None:
    world = affair()
    with pytest.raises(Refused):
        sharing.share(world.subject(world.article), world.alice, timezone.now())
    assert not Share.objects.exists()


def test_a_link_ends_when_its_maker_leaves_and_works_again_when_they_are_back() -> None:
    world = affair()
    share = world.share(world.alleged, by=world.bob)
    membership = Membership.objects.get(user=world.bob)
    membership.delete()
    assert not works(share)
    Membership.objects.create(project=world.project, user=world.bob, role="viewer")
    assert works(share)


def test_a_link_ends_with_its_makers_account() -> None:
    world = affair()
    blocked, erased = world.share(world.alleged), world.share(world.article, by=world.bob)
    world.alice.is_active = False
    world.alice.save()
    world.bob.delete()
    assert not works(blocked)
    assert not works(erased)


def test_a_deleted_annotation_cannot_be_opened_or_shared() -> None:
    world = affair()
    share = world.share(world.alleged)
    delete(world.alleged.pk)
    assert not works(share)
    gone = world.subject(Annotation.objects.get(pk=world.alleged.pk))
    with pytest.raises(Refused):
        sharing.share(gone, world.alice)


def test_a_library_article_that_is_shared_belongs_to_the_project() -> None:
    world = affair()
    article = make_article(None, "A letter from nobody.\n\nIt said nothing at all.")
    share = world.share(article)
    assert share.project_article == ProjectArticle.objects.get(
        article=article, project=world.project
    )


def test_an_unknown_code_is_nothing() -> None:
    with pytest.raises(Http404):
        open_share("not-a-code")
