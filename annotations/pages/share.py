"""Shared pages: what somebody with a link sees, without an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from annotations.access import OpenShare
from annotations.answers import Said
from annotations.models import Anchor, AnchorMaker, Annotation, Claim, Kind, Share
from annotations.pages import preview
from annotations.pages.cards import Card, card
from annotations.pages.claim_family import Stated, stated
from annotations.pages.corrections import corrected
from annotations.pages.counts import KindCount, kind_counts
from annotations.pages.groups import Summary, grouped
from annotations.pages.layers import excerpts, numbered, spans
from annotations.pages.preview import Preview
from annotations.pages.reading import ReadingPage, reading_page
from annotations.pages.summary import Entry, entries, entry, line
from annotations.passage import Passage
from annotations.paths import InShare
from annotations.queries.answers import accusations, reading
from annotations.queries.claim_history import earlier_statements
from annotations.queries.corrections import corrections
from annotations.queries.library import Listed, list_articles
from annotations.queries.passages import in_public, passages
from annotations.queries.replies import Notice, notice_on, project_replies, published_replies
from annotations.queries.shares import allegations_on
from reader import dates
from reader.access import Seat
from reader.models import Article, Project
from reader.queries.walk import Cursor, Sources


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """One annotation, alone on its page.

    `earlier` are former statements of its claims, which readers could see, each until a day.
    `parts` are HTML: the passage in its sentence. An allegation has its `entry`, a denial the
    `answered` allegations. Where it is withdrawn, `notice` stands instead of all of it.
    """

    share: Share
    project: Project
    article: Article
    published: str
    published_machine: str
    notice: Notice | None
    card: Card | None
    earlier: list[Stated]
    parts: list[str]
    entry: Entry | None
    answered: Summary
    replies: list[Said]
    preview: Preview
    article_path: str
    reply_path: str


@dataclass(frozen=True, slots=True)
class SharedArticle:
    share: Share
    page: ReadingPage


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """An article in the list of a shared project."""

    article: Article
    path: str
    published: str
    published_machine: str
    counts: list[KindCount]


@dataclass(frozen=True, slots=True)
class SharedProject:
    """A page of a shared project: some of its articles, and what is alleged in them."""

    share: Share
    project: Project
    articles: int
    listed: list[SharedEntry]
    summary: Summary
    replies: list[Said]
    is_first: bool
    older: str
    preview: Preview
    reply_path: str


def shared_passage(opened: OpenShare, annotation: Annotation, article: Article) -> SharedPassage:
    """The page of a shared annotation: ten queries at most, and two for each claim that was worded
    anew."""
    project, ways = opened.project, InShare(opened.share, opened.project)
    found = passages(in_public(Annotation.objects.filter(pk=annotation.pk)), for_readers=True)
    passage = found[0] if found else None
    alleged, answered = _on_both_sides(ways, passage) if passage else (None, [])
    replies = published_replies(project, [annotation.pk]) if passage else {}
    return SharedPassage(
        share=opened.share,
        project=project,
        article=article,
        published=dates.show(article.published_on, article.published_precision),
        published_machine=dates.machine(article.published_on, article.published_precision),
        notice=None if passage else notice_on(annotation),
        card=_card(opened, ways, passage) if passage else None,
        earlier=_earlier(opened.seat, passage) if passage else [],
        parts=_in_context(passage) if passage else [],
        entry=alleged,
        answered=grouped(answered),
        replies=replies.get(annotation.pk, []),
        preview=_preview(ways, passage, alleged, answered),
        article_path=ways.to_article(article.pk),
        reply_path=ways.to_reply(article.pk, annotation.pk),
    )


def shared_article(opened: OpenShare, article: Article) -> SharedArticle:
    """The reading page as any reader sees it, with links that stay within the share."""
    page = reading_page(opened.seat, article, InShare(opened.share, opened.project))
    return SharedArticle(opened.share, page)


def shared_project(opened: OpenShare, before: str = "") -> SharedProject:
    """A page of a shared project: a constant number of queries, however much is marked."""
    project, ways = opened.project, InShare(opened.share, opened.project)
    cursor = Cursor.parse(before)
    found = list_articles(opened.seat.visitor, [project], Sources(projects=[project]), after=cursor)
    return SharedProject(
        share=opened.share,
        project=project,
        articles=reading(project).articles,
        listed=[_listed(ways, one) for one in found.entries],
        summary=_summary(ways, found.entries),
        replies=project_replies(project),
        is_first=cursor is None,
        older=f"?{urlencode({'before': found.next})}" if found.next else "",
        preview=preview.of_project(project.name, project.description),
        reply_path=ways.to_reply(),
    )


def _card(opened: OpenShare, ways: InShare, passage: Passage) -> Card:
    earlier = ways.to_revisions(passage.source.id) if opened.seat.sees_whole_articles else ""
    return card(
        passage,
        1,
        member=False,
        may_edit=False,
        revisions_path=earlier,
        to_claim=ways.to_claim,
        corrected=corrected(corrections([passage]).get(passage.id)),
    )


def _earlier(seat: Seat, passage: Passage) -> list[Stated]:
    """Claims are shown as they are worded today: who saw them otherwise can see how."""
    claims = Claim.objects.filter(pk__in=passage.claim_ids, version__gt=1).order_by("pk")
    return [
        stated(seat, was, {}) for claim in claims for was in earlier_statements(claim, public=True)
    ]


def _on_both_sides(ways: InShare, passage: Passage) -> tuple[Entry | None, list[Entry]]:
    """An allegation's own entry, or those of the allegations that a denial answers."""
    project, here = ways.project, passage.source.id
    if passage.kind == Kind.ALLEGATION:
        (accusation,) = accusations(project, [passage], public=True)
        return entry(ways, accusation, {}, here), []
    if passage.kind == Kind.DENIAL:
        answered = [
            one
            for one in accusations(project, allegations_on(project, passage.claim_ids), public=True)
            if passage.id in {answer.denial.id for answer in one.answers}
        ]
        said = published_replies(project, [one.allegation.id for one in answered])
        return None, [entry(ways, one, said, here) for one in answered]
    return None, []


def _in_context(passage: Passage) -> list[str]:
    """The passage in its sentence, in the revision that it was marked in."""
    anchor = Anchor.objects.select_related("revision").get(
        annotation=passage.id, made_by=AnchorMaker.PERSON
    )
    return excerpts(anchor.revision.document, spans([passage], numbered([passage])))


def _preview(
    ways: InShare, passage: Passage | None, alleged: Entry | None, answered: Sequence[Entry]
) -> Preview:
    if passage is None:
        return Preview(_("Withdrawn"), _("This passage was withdrawn from public view."))
    if alleged:
        return preview.of_allegation(alleged)
    own = line(ways, passage, passage.source.id)
    if passage.kind == Kind.DENIAL:
        return preview.of_denial(own, answered)
    return preview.of_quote(own)


def _listed(ways: InShare, listed: Listed) -> SharedEntry:
    article = listed.article
    return SharedEntry(
        article=article,
        path=ways.to_article(article.pk),
        published=dates.show(article.published_on, article.published_precision),
        published_machine=dates.machine(article.published_on, article.published_precision),
        counts=[one for one in kind_counts(listed.counts) if one.count],
    )


def _summary(ways: InShare, listed: Sequence[Listed]) -> Summary:
    """What is alleged in these articles, in their order."""
    order = {one.article.pk: place for place, one in enumerate(listed)}
    alleged = passages(
        in_public(
            Annotation.objects.filter(
                project=ways.project, article__in=list(order), kind=Kind.ALLEGATION
            )
        )
    )
    alleged.sort(key=lambda one: (order[one.source.id], one.start))
    answered = accusations(ways.project, alleged, public=True)
    replies = published_replies(ways.project, [one.id for one in alleged])
    return grouped(entries(ways, answered, replies))
