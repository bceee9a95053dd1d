"""A project's speakers and claims while an import runs: found by name, made where they are new."""

from typing import TypeVar

from annotations.formats.records import ClaimRecord, NameRecord, SpeakerRecord
from annotations.models import Claim, Speaker, SpeakerType
from annotations.services.claims import claim_stated
from annotations.services.merging import merge
from annotations.services.speakers import MAX_NAME, speaker_called
from annotations.typed import line
from reader.models import Article, Project, User
from reader.services.errors import Refused

Noun = TypeVar("Noun", Speaker, Claim)


class KnownNames:
    """What names and statements stand for in the project; it learns those that it makes.

    What the project already knows of somebody is never replaced: an import only adds.
    """

    def __init__(self, project: Project, user: User | None) -> None:
        self._project = project
        self._user = user
        self._speakers: dict[tuple[str, object], Speaker] = {}
        self._aliases: dict[str, Speaker] = {}
        self._claims: dict[str, Claim] = {}
        for speaker in Speaker.objects.filter(project=project):
            self._learn(speaker)
        for claim in Claim.objects.filter(project=project):
            self._claims[_key(claim.statement)] = claim

    def speaker(self, name: NameRecord, article: Article) -> Speaker:
        """Whom an annotation in `article` means: an unnamed source of the article, somebody of
        that name, or somebody with that alias.

        Raises:
            Refused: the name is too long, or the type unknown.
        """
        check_type(name.type)
        key = _key(name.name)
        known = self._speakers.get((key, article.pk))
        if known is None and not name.only_here:
            known = self._speakers.get((key, None)) or self._aliases.get(key)
        if known is None:
            known = self._make(name.name, article if name.only_here else None)
            self._complete(known, name.type)
        return known

    def claim(self, statement: str) -> Claim:
        """The claim with this statement.

        Raises:
            Refused: the statement is too long.
        """
        key = _key(statement)
        if key not in self._claims:
            self._claims[key] = claim_stated(self._project, statement, self._user)
        return self._claims[key]

    def keep_speaker(self, record: SpeakerRecord, article: Article | None) -> None:
        """Make the speaker, or add what the project does not know of them yet.

        Args:
            article: the one that an unnamed source belongs to.

        Raises:
            Refused: a name is too long, the type unknown, or it is merged in a circle.
        """
        check_type(record.type)
        if any(len(alias) > MAX_NAME for alias in record.aliases):
            raise Refused(f"An alias has {MAX_NAME} characters at most.", "aliases")
        pk = article.pk if article else None
        speaker = self._speakers.get((_key(record.name), pk)) or self._make(record.name, article)
        self._complete(speaker, record.type, record.aliases, record.note)
        if record.merged_into and not article:
            into = NameRecord(record.merged_into)
            target = self._speakers.get((_key(into.name), None)) or self._make(into.name, None)
            _merge(speaker, target)

    def keep_claim(self, record: ClaimRecord) -> None:
        """Make the claim, or add what the project does not know of it yet.

        Raises:
            Refused: a statement is too long, or it is broader than itself or merged in a circle.
        """
        claim = self.claim(record.statement)
        if record.broader and claim.broader is None:
            broader = self.claim(record.broader)
            if broader.pk == claim.pk:
                raise Refused("A claim can't be broader than itself.", "broader")
            claim.broader = broader
            claim.save(update_fields=["broader"])
        if record.merged_into:
            _merge(claim, self.claim(record.merged_into))

    def _make(self, name: str, article: Article | None) -> Speaker:
        speaker = speaker_called(self._project, name, article)
        self._learn(speaker)
        return speaker

    def _learn(self, speaker: Speaker) -> None:
        self._speakers[_key(speaker.name), speaker.article_id] = speaker
        for alias in speaker.aliases:
            self._aliases.setdefault(_key(alias), speaker)

    def _complete(
        self, speaker: Speaker, type_: str, aliases: tuple[str, ...] = (), note: str = ""
    ) -> None:
        before = (speaker.type, tuple(speaker.aliases), speaker.note)
        speaker.type = speaker.type or type_
        speaker.aliases = list(dict.fromkeys([*speaker.aliases, *aliases]))
        speaker.note = speaker.note or note
        if (speaker.type, tuple(speaker.aliases), speaker.note) != before:
            speaker.save(update_fields=["type", "aliases", "note"])
            self._learn(speaker)


def check_type(type_: str) -> None:
    """
    Raises:
        Refused: there is no such type of speaker.
    """
    if type_ not in SpeakerType.values:
        raise Refused(f"There is no type of speaker “{type_}”.", "type")


def _merge(one: Noun, into: Noun) -> None:
    """Read `one`, and all that is read as it, as `into`; what the project has merged stays so.

    Raises:
        Refused: they are one already, the other way round.
    """
    if one.canonical_id is not None:
        return
    if one.pk == into.pk:
        raise Refused(f"“{one}” can't be merged into itself.", "merged_into")
    merged = merge(one, into)
    one.canonical, one.merged_into = merged.canonical, merged.merged_into


def _key(words: str) -> str:
    return line(words).lower()
