"""What people do with survey toplines: add them, and read them in words."""

from __future__ import annotations

from dataclasses import dataclass

from coding.study import Person
from data.figures.survey_toplines import Survey, SurveyTopline
from data.figures.topline_reading import SMALL_BASE, ReadQuestion
from data.storage import StudyStore
from workbench.wording import counted


@dataclass(frozen=True, slots=True)
class WavePreview:
    """What a file holds of one wave, and what the study holds of it already.

    ``replaced`` counts the figures the study has; ``is_same`` says that the file's are
    the same in every part.
    """

    survey: Survey
    wave: str
    fieldwork: str
    questions: int
    statements: int
    figures: int
    smallest_base: int
    largest_base: int
    replaced: int
    is_same: bool

    def in_words(self) -> str:
        """The wave in a sentence, and what saving would do to the study's own."""
        asked = f", {self.fieldwork}" if self.fieldwork else ""
        base = f"base {self.smallest_base:,}"
        if self.largest_base != self.smallest_base:
            base = f"bases from {self.smallest_base:,} to {self.largest_base:,}"
        return (
            f"{self.survey.value}, {self.wave}{asked}: "
            f"{counted(self.questions, 'question')}, "
            f"{counted(self.statements, 'statement')}, "
            f"{counted(self.figures, 'figure')}, {base}. {self._change()}"
        )

    def _change(self) -> str:
        if not self.replaced:
            return "New to the study."
        if self.is_same:
            return "The study has the same figures already."
        return (
            "The study has this wave already: saving takes out its "
            f"{counted(self.replaced, 'figure')} and puts these in their place."
        )


def preview_toplines(
    store: StudyStore, toplines: tuple[SurveyTopline, ...]
) -> tuple[WavePreview, ...]:
    """What the toplines of a file hold, wave by wave, beside what the study has."""
    known = _by_wave(tuple(store.toplines.toplines()))
    return tuple(
        _preview(survey, wave, listed, known.get((survey, wave), ()))
        for (survey, wave), listed in _by_wave(toplines).items()
    )


def save_toplines(
    store: StudyStore, person: Person, toplines: tuple[SurveyTopline, ...]
) -> int:
    """How many figures were saved; a wave the study had is replaced whole."""
    return store.toplines.save(person.id, toplines)


def cautions(survey: Survey, question: ReadQuestion) -> tuple[str, ...]:
    """What a reader of this question should keep in mind, in sentences."""
    said = []
    if survey.waves_compared and len(question.waves) > 1:
        said.append(
            "Staff surveys may be compared only under the report's assumption that the "
            "waves are separate samples: how many people answered in both is not "
            "known, so a small difference may be chance. They are unweighted."
        )
    if survey is Survey.SERVICE_USER:
        said.append(
            "Service-user surveys do not represent all families: workers gave the "
            "questionnaire to families they met, and how many were asked is not known. "
            "They are unweighted and are not compared over time, so each wave stands "
            "alone."
        )
    smallest = question.smallest_base
    if smallest < SMALL_BASE:
        points = round(100 / smallest)
        said.append(
            f"Where fewer than {SMALL_BASE} people answered, only counts are shown: of "
            f"{counted(smallest, 'person', 'people')}, one more or less would move a "
            f"percentage by {counted(points, 'point')}."
        )
    return tuple(said)


def people_in_words(topline: SurveyTopline) -> str:
    """The count with its base, or that none is given.

    The figure 45 over a base of 112 reads "45 of 112 people".
    """
    if topline.count is None:
        return "not given"
    return f"{topline.count:,} of {counted(topline.base, 'person', 'people')}"


def percent_in_words(topline: SurveyTopline) -> str:
    """The percentage as printed, '' where none is or where the base is small."""
    if topline.percent is None or topline.base < SMALL_BASE:
        return ""
    return f"{topline.percent:g}%"


def source_in_words(question: ReadQuestion) -> str:
    """The sources the figures name, or that none is named."""
    if not question.sources:
        return "The file names no source."
    return "Source: " + "; ".join(question.sources) + "."


def _by_wave(
    toplines: tuple[SurveyTopline, ...],
) -> dict[tuple[Survey, str], tuple[SurveyTopline, ...]]:
    waves: dict[tuple[Survey, str], tuple[SurveyTopline, ...]] = {}
    for one in toplines:
        key = (one.survey, one.wave)
        waves[key] = (*waves.get(key, ()), one)
    return waves


def _preview(
    survey: Survey,
    wave: str,
    listed: tuple[SurveyTopline, ...],
    known: tuple[SurveyTopline, ...],
) -> WavePreview:
    bases = [one.base for one in listed]
    return WavePreview(
        survey,
        wave,
        listed[0].fieldwork,
        len({one.question for one in listed}),
        len({(one.question, one.statement) for one in listed}),
        len(listed),
        min(bases),
        max(bases),
        len(known),
        listed == known,
    )
