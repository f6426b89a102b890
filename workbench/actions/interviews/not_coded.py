"""What nobody has coded yet: interviews by name, survey comments by number.

A table of comments makes many short sources. Counted together with interviews they
would hide one that was forgotten. A source that is being coded blind is coded, only not
for anybody to read yet: it is told apart from what nobody has begun.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from coding.transcripts import SourceKind
from data.sources import SourceSummary
from workbench.wording import counted, joined_by_and

LEFT_OUT = "left out until {} coders are done"


class Coded(StrEnum):
    """How far a source is coded, as far as anybody may read it."""

    NOT = "not coded"
    BLIND = "being coded blind"
    YES = "coded"


def how_coded(source: SourceSummary) -> Coded:
    """How far a source is coded; while it is coded blind, that is all there is to say.

    Whoever codes it reads their own passages, and others may read them all, but no
    count takes them in.
    """
    if source.is_coded_blind:
        return Coded.BLIND
    return Coded.YES if source.coded_passages else Coded.NOT


@dataclass(frozen=True, slots=True)
class SourcesLeft:
    """Sources without a coded passage that counts, of how many there are.

    ``names`` are the interviews, group discussions and observations left, in order, of
    the ``spoken`` that there are; ``kinds`` are the kinds of those. ``blind_names`` and
    ``blind_comments`` are being coded blind and are none of those left.
    """

    names: tuple[str, ...] = ()
    spoken: int = 0
    kinds: tuple[SourceKind, ...] = ()
    comments_left: int = 0
    comments: int = 0
    blind_names: tuple[str, ...] = ()
    blind_comments: int = 0

    def __bool__(self) -> bool:
        """Whether anything is left, or left out."""
        return bool(self._any_left or self.blind)

    @property
    def blind(self) -> int:
        """How many sources are being coded blind."""
        return len(self.blind_names) + self.blind_comments

    @property
    def _any_left(self) -> bool:
        return bool(self.names or self.comments_left)

    @property
    def of_how_many(self) -> tuple[str, ...]:
        """How many of how many are left, those that are spoken apart from comments.

        >>> both = (SourceKind.INTERVIEW, SourceKind.OBSERVATION)
        >>> SourcesLeft(("Dom",), 9, both, 22, 40).of_how_many
        ('1 of 9 interviews and observations', '22 of 40 survey comments')
        """
        return self._of_how_many(len(self.names), self.comments_left)

    @property
    def in_words(self) -> str:
        """How many are left and left out, without the full stop; '' where none is.

        >>> SourcesLeft(("Dom",), 2, (SourceKind.INTERVIEW,)).in_words
        '1 of 2 interviews is not coded yet'
        >>> SourcesLeft((), 2, (SourceKind.INTERVIEW,), blind_names=("Dom",)).in_words
        '1 of 2 interviews is being coded blind, left out until its coders are done'
        """
        said = []
        if self._any_left:
            verb = _is_or_are(len(self.names) + self.comments_left)
            said.append(f"{joined_by_and(self.of_how_many)} {verb} not coded yet")
        if self.blind:
            said.append(f"{self._blind_in_words()}, {left_out(self.blind)}")
        return ". ".join(said)

    def as_points(self) -> list[str]:
        """A sentence for what is spoken, each of it named, and one for comments."""
        points = [f"{words} not coded." for words in self.of_how_many]
        if self.names:
            # All of them, and apart by semicolons: names of files hold commas.
            points[0] = f"{points[0][:-1]}: {'; '.join(self.names)}."
        if self.blind:
            named = f": {'; '.join(self.blind_names)}" if self.blind_names else ""
            points.append(f"{self._blind_in_words()}, {left_out(self.blind)}{named}.")
        return points

    def _blind_in_words(self) -> str:
        of_how_many = self._of_how_many(len(self.blind_names), self.blind_comments)
        return f"{joined_by_and(of_how_many)} {_is_or_are(self.blind)} {Coded.BLIND}"

    def _of_how_many(self, spoken: int, comments: int) -> tuple[str, ...]:
        said = []
        if spoken:
            of = joined_by_and([_noun(kind, self.spoken) for kind in self.kinds])
            said.append(f"{spoken} of {self.spoken:,} {of}")
        if comments:
            of = counted(self.comments, "survey comment")
            said.append(f"{comments:,} of {of}")
        return tuple(said)


def left_out(number: int) -> str:
    """What is done with so many sources while they are being coded blind.

    >>> left_out(1), left_out(2)
    ('left out until its coders are done', 'left out until their coders are done')
    """
    return LEFT_OUT.format("its" if number == 1 else "their")


def sources_left(sources: Iterable[tuple[str, SourceKind, Coded]]) -> SourcesLeft:
    """What is left of sources given by name, kind and how far they are coded."""
    listed = list(sources)
    spoken = [one for one in listed if one[1] is not SourceKind.SURVEY_COMMENT]
    comments = [one for one in listed if one[1] is SourceKind.SURVEY_COMMENT]

    def names(wanted: Coded) -> tuple[str, ...]:
        return tuple(name for name, _, coded in spoken if coded is wanted)

    def number(wanted: Coded) -> int:
        return sum(1 for _, _, coded in comments if coded is wanted)

    return SourcesLeft(
        names(Coded.NOT),
        len(spoken),
        tuple(kind for kind in SourceKind if any(kind is one[1] for one in spoken)),
        number(Coded.NOT),
        len(comments),
        names(Coded.BLIND),
        number(Coded.BLIND),
    )


def _noun(kind: SourceKind, number: int) -> str:
    noun = kind.in_words.lower()
    return noun if number == 1 else f"{noun}s"


def _is_or_are(number: int) -> str:
    return "is" if number == 1 else "are"
