"""What nobody has coded yet: interviews by name, survey comments by number.

A table of comments makes many short sources. Counted together with interviews they
would hide one that was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coding.transcripts import SourceKind
from workbench.wording import counted, joined_by_and


@dataclass(frozen=True, slots=True)
class SourcesLeft:
    """Sources without a coded passage, of how many there are.

    ``names`` are the interviews, group discussions and observations left, in order, of
    the ``spoken`` that there are; ``kinds`` are the kinds of those.
    """

    names: tuple[str, ...] = ()
    spoken: int = 0
    kinds: tuple[SourceKind, ...] = ()
    comments_left: int = 0
    comments: int = 0

    def __bool__(self) -> bool:
        """Whether anything is left."""
        return bool(self.names or self.comments_left)

    @property
    def of_how_many(self) -> tuple[str, ...]:
        """How many of how many are left, those that are spoken apart from comments.

        >>> both = (SourceKind.INTERVIEW, SourceKind.OBSERVATION)
        >>> SourcesLeft(("Dom",), 9, both, 22, 40).of_how_many
        ('1 of 9 interviews and observations', '22 of 40 survey comments')
        """
        said = []
        if self.names:
            of = joined_by_and([_noun(kind, self.spoken) for kind in self.kinds])
            said.append(f"{len(self.names)} of {self.spoken:,} {of}")
        if self.comments_left:
            comments = counted(self.comments, "survey comment")
            said.append(f"{self.comments_left:,} of {comments}")
        return tuple(said)

    @property
    def in_words(self) -> str:
        """How many are left, as the beginning of a sentence; '' where none is.

        >>> SourcesLeft(("Dom",), 2, (SourceKind.INTERVIEW,)).in_words
        '1 of 2 interviews is not coded yet'
        """
        is_one = len(self.names) + self.comments_left == 1
        verb = "is" if is_one else "are"
        return f"{joined_by_and(self.of_how_many)} {verb} not coded yet" if self else ""

    def as_points(self) -> list[str]:
        """A sentence for what is spoken, each of it named, and one for comments."""
        points = [f"{words} not coded." for words in self.of_how_many]
        if self.names:
            # All of them, and apart by semicolons: names of files hold commas.
            points[0] = f"{points[0][:-1]}: {'; '.join(self.names)}."
        return points


def sources_left(sources: Iterable[tuple[str, SourceKind, bool]]) -> SourcesLeft:
    """What is left of sources given by name, kind and whether a passage is coded."""
    listed = list(sources)
    spoken = [one for one in listed if one[1] is not SourceKind.SURVEY_COMMENT]
    comments = [one for one in listed if one[1] is SourceKind.SURVEY_COMMENT]
    return SourcesLeft(
        tuple(name for name, _, is_coded in spoken if not is_coded),
        len(spoken),
        tuple(kind for kind in SourceKind if any(kind is one[1] for one in spoken)),
        sum(1 for _, _, is_coded in comments if not is_coded),
        len(comments),
    )


def _noun(kind: SourceKind, number: int) -> str:
    noun = kind.in_words.lower()
    return noun if number == 1 else f"{noun}s"
