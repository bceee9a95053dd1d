"""The reading page: an article with what a project says about it."""

from collections import Counter
from dataclasses import dataclass

from annotations.access import may_edit
from annotations.answers import Said
from annotations.models import Annotation
from annotations.pages.answered import answered
from annotations.pages.cards import Card, card
from annotations.pages.corrections import corrected as corrected_words
from annotations.pages.counts import KindCount, kind_counts
from annotations.pages.groups import Summary, grouped
from annotations.pages.labels import labels
from annotations.pages.layers import excerpts, numbered, spans
from annotations.pages.linked_names import linked, linked_who
from annotations.pages.pictures import shown_pictures
from annotations.pages.preview import Preview, of_page
from annotations.pages.stories import AlsoIn, also_in
from annotations.pages.summary import entry
from annotations.passage import Passage
from annotations.paths import InProject, Ways, changes_path
from annotations.queries.answers import accusations
from annotations.queries.corrections import corrections
from annotations.queries.passages import in_public, passages
from annotations.queries.replies import Notice, published_replies, withdrawn
from reader import dates
from reader.access import Seat
from reader.models import Article, Project, Revision
from reader.queries.articles import annotated_projects
from reader.text import render

# Reading speed of adults for non-fiction in English: Brysbaert (2019), 238 words a minute.
WORDS_A_MINUTE = 238


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Everything the reading page and its fragments show.

    `parts` are pieces of rendered HTML: the whole text, or excerpts of it for readers who see
    marked passages only. `withdrawn_page` says that the page is withdrawn from public view, and
    `is_hidden` that this seat therefore sees nothing else of it. `project_path`, `revisions_path`
    and `reply_path` are empty where there is nothing to open.
    """

    seat: Seat
    project: Project
    article: Article
    revision: Revision
    path: str
    project_path: str
    revisions_path: str
    reply_path: str
    published: str
    published_machine: str
    minutes: int
    is_whole: bool
    parts: list[str]
    cards: list[Card]
    summary: Summary
    counts: list[KindCount]
    replies: list[Said]
    is_hidden: bool
    withdrawn_page: Notice | None
    withdrawn_passages: tuple[Notice, ...]
    other_projects: list[Project]
    also_in: list[AlsoIn]

    @property
    def preview(self) -> Preview:
        """What a chat or a social network shows of the page: numbers, never one side alone."""
        publication = self.article.publication.name if self.article.publication else ""
        about = " · ".join(filter(None, [publication, self.published]))
        return of_page(self.article.title, about, [] if self.is_hidden else self.counts)

    @property
    def times_changed(self) -> int:
        """How many revisions came after the first."""
        return self.revision.number - 1

    @property
    def lost(self) -> list[Card]:
        """The cards of passages that the text has no longer; no mark leads to them."""
        return [card for card in self.cards if card.fate and card.fate.is_lost]

    @property
    def repeats_title(self) -> bool:
        """Does the text open with its own headline, which already stands above it?"""
        opening, _, _ = self.revision.text.partition("\n")
        return opening.strip() == self.article.title


def reading_page(
    seat: Seat, article: Article, ways: Ways | None = None, revision: Revision | None = None
) -> ReadingPage:
    """The page as this seat may see it: at most seven queries, however many annotations; one more
    where denials may be shown no longer, and one where something may have been corrected.

    Args:
        ways: where its links may lead; without it, anywhere in the project.
        revision: an earlier text, with the annotations as they stood in it; without it, the newest.
    """
    is_newest = revision is None
    revision = revision or article.newest
    ways = ways or InProject(seat.project)
    gone = withdrawn(seat.project, article.pk)
    # An earlier text, which `revisions_seen` let through, is not hidden with the newest.
    hidden = is_newest and gone.page is not None and not seat.is_member
    reasons = {one.annotation_id: one.reason for one in gone.passages}
    here = [] if hidden else _shown(seat, article, revision, some_hidden=gone.anything)
    numbers = numbered(here)
    layer = spans(here, numbers)
    called = labels()
    corrected = corrections(here)
    revisions_path = ways.to_revisions(article.pk) if seat.sees_whole_articles else ""
    review = changes_path(seat.project) if any(passage.fate for passage in here) else ""
    replies = published_replies(seat.project, numbers, article.pk)
    accused = accusations(seat.project, here, public=not seat.is_member)
    said = {one.allegation.id: entry(ways, one, replies, article.pk, called) for one in accused}
    answers = {
        one.allegation.id: answered(ways, one, said[one.allegation.id], called) for one in accused
    }
    if hidden:
        parts = []
    elif seat.sees_whole_articles:
        document = revision.document
        parts = [render(document, layer, shown_pictures(document, article.pk, ways))]
    else:
        parts = excerpts(revision.document, layer)
    return ReadingPage(
        seat=seat,
        project=seat.project,
        article=article,
        revision=revision,
        path=ways.to_article(article.pk),
        project_path=ways.to_project(),
        revisions_path=revisions_path,
        reply_path=ways.to_reply(article.pk),
        published=dates.show(article.published_on, article.published_precision),
        published_machine=dates.machine(article.published_on, article.published_precision),
        minutes=max(1, round(revision.word_count / WORDS_A_MINUTE)),
        is_whole=seat.sees_whole_articles,
        parts=parts,
        cards=[
            card(
                passage,
                numbers[passage.id],
                member=seat.is_member,
                may_edit=is_newest and may_edit(seat, passage.annotator_id),
                called=called,
                withdrawn=reasons.get(passage.id, ""),
                reply_path=ways.to_reply(article.pk, passage.id),
                revisions_path=revisions_path,
                review_path=review,
                corrected=corrected_words(corrected.get(passage.id), called),
                who_html=linked_who(passage, ways, called, opens=True),
                targets_html=linked(passage.targets, ways, called),
                to_claim=ways.to_claim,
                answered=answers.get(passage.id),
            )
            for passage in here
        ],
        summary=grouped([one for one in said.values() if not one.is_mention]),
        counts=kind_counts(Counter(passage.kind for passage in here)),
        replies=[] if hidden else replies.get(article.pk, []),
        is_hidden=hidden,
        withdrawn_page=gone.page,
        withdrawn_passages=gone.passages,
        other_projects=_other_projects(seat, article),
        also_in=also_in(seat, article, ways),
    )


def _other_projects(seat: Seat, article: Article) -> list[Project]:
    """Where else a member may use an article of the library."""
    if not seat.may_annotate or article.scope_id is not None:
        return []
    return [one for one in annotated_projects(seat.user) if one != seat.project]


def _shown(seat: Seat, article: Article, revision: Revision, *, some_hidden: bool) -> list[Passage]:
    annotations = Annotation.objects.filter(project=seat.project, article=article)
    if revision.pk != article.current_revision_id:
        annotations = annotations.filter(anchors__revision=revision)
    # The condition costs more than all the rest: it is left out where nothing is withdrawn.
    leave_out = some_hidden and not seat.is_member
    return passages(
        in_public(annotations) if leave_out else annotations,
        revision,
        for_readers=not seat.is_member,
    )
