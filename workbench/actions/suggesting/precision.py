"""How often right suggestions should be, and how many each choice brings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.exporters.report_document import ReportTable
from data.storage import StudyStore
from data.storage.suggesting.settings_storage import SuggestionSettings

CHOICES = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
NOT_LEARNED = (
    "How many suggestions each choice brings is told once suggestions have learned "
    "since the workbench was started: press Suggest codes for all on the Transcripts "
    "page. While too little is coded to learn from, only cues and definitions speak, "
    "and this choice does nothing."
)


@dataclass(frozen=True, slots=True)
class Brings:
    """How many suggestions over all turns: by choice, and by code at the settings."""

    by_choice: dict[float, int]
    silent_by_choice: dict[float, int]
    by_code: dict[str, int]
    turns: int


def choice_in_words(share: float) -> str:
    """A choice as a count.

    >>> choice_in_words(0.7)
    '7 in 10'
    """
    return f"{round(10 * share)} in 10"


def nearest_choice(share: float) -> float:
    """The choice nearest to a setting."""
    return min(CHOICES, key=lambda one: abs(one - share))


def what_each_brings(store: StudyStore, settings: SuggestionSettings) -> Brings | None:
    """What each choice brings by what was learned last; nothing where nothing was."""
    from workbench.actions.suggesting import learning

    learned = learning.learned_before(store)
    if learned is None or not learned.codes.has_learned:
        return None
    turns = len(learned.codes.study.turns)
    by_choice, silent = {}, {}
    for one in CHOICES:
        found = learning.suggestions_expected(
            learned, replace(settings, precision=one, by_code=()), turns
        )
        by_choice[one] = sum(found.values())
        silent[one] = sum(not number for number in found.values())
    by_code = learning.suggestions_expected(learned, settings, turns)
    return Brings(by_choice, silent, by_code, turns)


def choices_table(brings: Brings) -> ReportTable:
    """A row a choice: about how many suggestions it brings, which codes go silent."""
    return ReportTable(
        f"What each choice brings over all {brings.turns:,} turns, about",
        ("Right in", "Suggestions", "Codes that stay silent"),
        tuple(
            (choice_in_words(one), str(number), str(brings.silent_by_choice[one]))
            for one, number in brings.by_choice.items()
        ),
        number_columns=(1, 2),
    )


def code_table(
    store: StudyStore, brings: Brings, settings: SuggestionSettings
) -> ReportTable:
    """A row a code: how often right it should be, and how many that brings."""
    apart = dict(settings.by_code)
    rows = []
    for _, code in store.codebook.codebook().in_tree_order():
        if code.id in brings.by_code:
            wanted = choice_in_words(settings.precision_of(code.id))
            own = ", set apart" if code.id in apart else ""
            number = brings.by_code[code.id]
            rows.append(
                (code.name, f"{wanted}{own}", str(number) if number else "Silent")
            )
    return ReportTable(
        "What that is for each code, about",
        ("Code", "Right in", "Suggestions"),
        tuple(rows),
        number_columns=(2,),
    )
