"""What leaves holds no small number that anybody could work out, in any of its files.

The files are read back as a stranger would: words, tables, sheets. What is hidden is
then looked for with an attacker of this test's own, over whole numbers.
"""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from docx import Document
from lxml import html
from release_study import (
    DEE,
    LEAD,
    PRIYA,
    a_final_finding,
    a_study_to_release,
)
from scipy.optimize import Bounds, LinearConstraint, milp

from coding.study import Person, Role, Study
from data.backup import back_up
from data.disclosure.rules import DFE, NHS, OPENSAFELY
from data.exporters.report_document import INTERNAL_MARK, SHAREABLE_MARK
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.releases.release_records import WordChoice
from workbench.actions.releases.preparing import (
    Prepared,
    ask_for_release,
    prepare,
    write_shareable,
)

MOST = 1_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    store = StudyStore(folder / "made.sqlite")
    store.study.found(
        Study("Autumn review"), Person(LEAD, "Robin Field", Role.STUDY_LEAD)
    )
    a_study_to_release(store)
    a_final_finding(store, ("s10-1", "s31-1"))
    back_up(store.database, folder / "kept.sqlite")
    store.close()
    return folder / "kept.sqlite"


@pytest.fixture
def study(made: Path, tmp_path: Path):
    shutil.copyfile(made, tmp_path / "study.sqlite")
    store = StudyStore(tmp_path / "study.sqlite")
    yield store
    store.close()


def _choices(prepared: Prepared) -> dict:
    return {one.id: one.allowed[0] for one in prepared.in_question}


def _tables_of_word(content: bytes) -> dict[str, list[list[str]]]:
    document = Document(io.BytesIO(content))
    found, caption = {}, ""
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            caption = "".join(
                t.text or "" for t in element.iter() if t.tag.endswith("}t")
            )
        elif element.tag.endswith("}tbl"):
            table = next(t for t in document.tables if t._tbl is element)
            found[caption] = [[c.text for c in row.cells] for row in table.rows]
    return found


def _tables_of_page(content: bytes) -> dict[str, list[list[str]]]:
    page = html.fromstring(content.decode("utf-8"))
    return {
        table.findtext("caption"): [
            [cell.text_content() for cell in row.xpath("./th|./td")]
            for row in table.xpath(".//tr")
        ]
        for table in page.xpath("//table")
    }


def _tables_of_book(content: bytes) -> dict[str, list[list[str]]]:
    """Table by table from the sheet of numbers, as a stranger puts it together."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Numbers"]
    found: dict[str, dict[tuple[str, str], str]] = {}
    for _, where, _, printed in sheet.iter_rows(min_row=3, values_only=True):
        caption, _, cell = str(where).partition(": ")
        if caption.startswith("Table") and ", " in cell:
            row, column = cell.rsplit(", ", 1)
            found.setdefault(caption, {})[row, column] = str(printed)
    return {
        caption: [
            ["", *dict.fromkeys(column for _, column in cells)],
            *(
                [row, *(words for (name, _), words in cells.items() if name == row)]
                for row in dict.fromkeys(row for row, _ in cells)
            ),
        ]
        for caption, cells in found.items()
    }


class Attacker:
    """Works out what a hidden cell can be from the tables and what everybody knows.

    Roles and localities part people, waves overlap; who speaks about a theme is one of
    those who took part.
    """

    def __init__(self, tables: dict[str, list[list[str]]]) -> None:
        self.low: dict[tuple, float] = {}
        self.high: dict[tuple, float] = {}
        self.lines: list[tuple[dict[tuple, int], float, float]] = []
        self._read_people(next(t for c, t in tables.items() if "by role and wave" in c))
        for by in ("role", "wave", "locality"):
            name = f"speak about each theme, by {by}"
            self._read_themes(next(t for c, t in tables.items() if name in c), by)

    def _see(self, key: tuple, words: str) -> None:
        if words.replace(",", "").isdigit():
            self.low[key] = self.high[key] = float(words.replace(",", ""))
        else:
            self.low.setdefault(key, 0.0)
            self.high.setdefault(key, MOST)

    def _read_people(self, table: list[list[str]]) -> None:
        (_, *waves), *rows = table
        roles = [row[0] for row in rows if row[0] != "All"]
        for row in rows:
            for wave, words in zip(waves, row[1:], strict=True):
                self._see(("", row[0], wave), words)
        for wave in waves:
            parts = [("", role, wave) for role in roles]
            self._adds_up(("", "All", wave), parts)
        for role in [*roles, "All"]:
            parts = [("", role, wave) for wave in waves if wave != "All"]
            self._covers(("", role, "All"), parts)

    def _read_themes(self, table: list[list[str]], by: str) -> None:
        (_, *groups), *rows = table
        parts_of = [group for group in groups if group != "All"]
        everybody = rows[0][0]
        for row in rows:
            theme = "" if row[0] == everybody else row[0]
            for group, words in zip(groups, row[1:], strict=True):
                self._see(self._key(theme, by, group), words)
            total = self._key(theme, by, "All")
            parts = [self._key(theme, by, group) for group in parts_of]
            (self._covers if by == "wave" else self._adds_up)(total, parts)
            if theme:
                for group in groups:
                    of = self._key("", by, group)
                    here = self._key(theme, by, group)
                    self.lines.append(({of: 1, here: -1}, 0, MOST))

    @staticmethod
    def _key(theme: str, by: str, group: str) -> tuple:
        if theme:
            return (theme, "All") if group == "All" else (theme, by, group)
        if by == "role":
            return ("", group, "All")
        return ("", "All", group) if by == "wave" or group == "All" else (by, group)

    def _adds_up(self, total: tuple, parts: list[tuple]) -> None:
        self.lines.append(({total: 1, **dict.fromkeys(parts, -1)}, 0, 0))

    def _covers(self, total: tuple, parts: list[tuple]) -> None:
        self.lines.append(({total: -1, **dict.fromkeys(parts, 1)}, 0, MOST))
        for part in parts:
            self.lines.append(({total: 1, part: -1}, 0, MOST))

    def hidden(self) -> list[tuple]:
        """The cells of which no number was shown."""
        return [key for key in self.low if self.low[key] != self.high[key]]

    def can_be(self, key: tuple) -> tuple[int, int]:
        """The least and the greatest whole number a cell can be."""
        keys = list(self.low)
        place = {one: at for at, one in enumerate(keys)}
        rows = np.zeros((len(self.lines), len(keys)))
        for at, (line, _, _) in enumerate(self.lines):
            for one, factor in line.items():
                rows[at, place[one]] = factor
        lines = LinearConstraint(
            rows, [low for _, low, _ in self.lines], [high for *_, high in self.lines]
        )
        bounds = Bounds([self.low[k] for k in keys], [self.high[k] for k in keys])
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(keys))
            goal[place[key]] = sign
            done = milp(
                goal, constraints=lines, bounds=bounds, integrality=np.ones(len(keys))
            )
            assert done.status == 0, done.message
            ends.append(round(done.x[place[key]]))
        return ends[0], ends[1]


def _true(prepared: Prepared) -> dict[tuple, int]:
    """The numbers behind the attacker's cells."""
    counts = prepared.material.counts
    names = {one.code.id: one.code.name for one in counts.themes}
    found = {}
    for key, value in counts.together.values.items():
        match key:
            case ("people",):
                found["", "All", "All"] = value
            case ("people", "role and wave", role, wave):
                found["", role, wave] = value
            case ("people", "role", role):
                found["", role, "All"] = value
            case ("people", "wave", wave):
                found["", "All", wave] = value
            case ("people", by, group):
                found[by, group] = value
            case ("theme", code):
                found[names[code], "All"] = value
            case ("theme", code, by, group):
                found[names[code], by, group] = value
    return found


@pytest.mark.parametrize("ending", [".docx", ".html", ".xlsx"])
def test_no_hidden_count_can_be_worked_out_of_the_file(study, ending: str) -> None:
    prepared = prepare(study)
    content = write_shareable(prepared, _choices(prepared), "Dee").as_file(ending)
    read = {
        ".docx": _tables_of_word,
        ".html": _tables_of_page,
        ".xlsx": _tables_of_book,
    }[ending]
    attacker = Attacker(read(content))
    true = _true(prepared)
    hidden = attacker.hidden()
    assert set(attacker.low) == set(true)
    small = [key for key in hidden if 1 <= true[key] <= DFE.threshold]
    assert len(small) >= 10
    assert len(hidden) < len(true)
    for key in small:
        least, greatest = attacker.can_be(key)
        assert least <= 1, key
        assert greatest >= DFE.threshold, key
    shown = set(true) - set(hidden)
    assert all(true[key] == attacker.low[key] for key in shown)
    assert not [key for key in shown if 1 <= true[key] <= DFE.threshold]


def test_the_attacker_finds_what_a_careless_report_gives_away(study) -> None:
    """Hiding the small numbers alone is not enough, and the attacker knows it."""
    prepared = prepare(study)
    careless = Attacker(
        _tables_of_page(
            write_shareable(prepared, _choices(prepared), "").as_file(".html")
        )
    )
    true = _true(prepared)
    for key, value in true.items():
        if not 1 <= value <= DFE.threshold:
            careless.low[key] = careless.high[key] = float(value)
    small = [key for key in careless.hidden() if true[key]]
    assert any(careless.can_be(key) == (true[key],) * 2 for key in small)


@pytest.mark.parametrize("rule", [NHS, OPENSAFELY])
def test_under_other_rules_nothing_small_is_printed(study, rule) -> None:
    study.disclosure_rule.set_rule(LEAD, rule, "The trust's rule.", seen=0)
    prepared = prepare(study)
    report = write_shareable(prepared, _choices(prepared), "Dee")
    printed = [one for one in report.numbers if one.key is not None]
    assert len(printed) > 50
    for one in printed:
        if one.printed not in (rule.hidden_as, "0"):
            assert int(one.printed.replace(",", "")) > rule.threshold, one
            assert int(one.printed.replace(",", "")) % rule.rounded_to == 0, one


def test_every_page_and_sheet_says_which_file_it_is(study) -> None:
    from workbench.actions.findings.findings_report import write_findings_report

    prepared = prepare(study)
    shareable = write_shareable(prepared, _choices(prepared), "Dee")
    internal = write_findings_report(
        prepared.material, made_by="Dee", made_at=shareable.document.made_at
    )
    for report, mark, other in (
        (shareable, SHAREABLE_MARK, INTERNAL_MARK),
        (internal, INTERNAL_MARK, SHAREABLE_MARK),
    ):
        word = Document(io.BytesIO(report.as_file(".docx")))
        assert all(mark in s.header.paragraphs[0].text for s in word.sections)
        page = report.as_file(".html").decode("utf-8")
        assert page.count(mark) == 3
        assert other not in page
        book = openpyxl.load_workbook(io.BytesIO(report.as_file(".xlsx")))
        for sheet in book:
            assert sheet["A1"].value == mark
            assert sheet.oddHeader.left.text == mark
    assert "Counted from" not in openpyxl.load_workbook(
        io.BytesIO(shareable.as_file(".xlsx"))
    )


def test_what_leaves_names_no_participant_source_coder_or_row(study) -> None:
    prepared = prepare(study)
    report = write_shareable(prepared, _choices(prepared), "Dee")
    book = openpyxl.load_workbook(io.BytesIO(report.as_file(".xlsx")))
    said = [
        *report.document.words(),
        report.as_file(".html").decode("utf-8"),
        *(str(c.value) for sheet in book for row in sheet for c in row if c.value),
    ]
    assert any("Parent" in one for one in said)
    for words in said:
        assert not re.search(r"\bP\d\d\b|Interview \d\d|Priya", words), words


def test_a_second_release_cannot_be_compared_with_the_first(study) -> None:
    prepared = prepare(study)
    number = ask_for_release(
        study, study.study.person(DEE), prepared, _choices(prepared), "Board."
    )
    one = study.releases.all(DEE)[0]
    assert (number, len(one.files)) == (1, 3)
    for file in one.files:
        study.releases.open_file(PRIYA, one.id, file.ending)
    study.releases.release(PRIYA, one.id, "Read.", seen=one.version)
    shown = {c.key: c.shown for c in one.counts}
    assert shown["people",] == 36
    # One more parent is heard: the difference of one tells of them alone.
    from debrief_study import a_transcript
    from release_study import person_at

    from coding.transcripts import SourceKind
    from data.sources import NewSource, SpeakerMapping

    newcomer = person_at(15).__class__("", "P99", "Parent", "", "Eastham")
    study.sources.save(
        PRIYA,
        [
            NewSource(
                a_transcript("Late", SourceKind.INTERVIEW, (("A", "I came late."),)),
                wave="Wave 1",
                mappings=(SpeakerMapping("A", participant=newcomer),),
            )
        ],
    )
    again = prepare(study)
    assert again.fit.shown["people",] is None
    assert again.fit.why["people",].value.startswith("differs by a small number")
    assert again.fit.shown["people", "role", "Parent"] is None


def test_nothing_is_asked_for_while_a_choice_is_missing(study) -> None:
    # One of four parents of their place: too few to be told so nearly.
    a_final_finding(study, ("s2-1",), statement="Trust is early.")
    prepared = prepare(study)
    assert prepared.in_question
    first, *rest = prepared.in_question
    choices = {one.id: one.allowed[0] for one in rest}
    with pytest.raises(DataRefused, match="Nobody decided on it yet"):
        ask_for_release(study, study.study.person(DEE), prepared, choices, "Board.")
    choices[first.id] = WordChoice.LEAVE_OUT
    assert ask_for_release(study, study.study.person(DEE), prepared, choices, "Board.")
