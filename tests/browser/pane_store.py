"""A toy store behind the transcript pane in browser tests: one SQLite file, any size.

It keeps the promises the pane relies on (each operation at most once, refusals in
words) and none of the study's; what the pane did is read back from the file.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from browser.pane_changes import SCHEMA as CHANGES
from browser.pane_changes import changing, pane_rows, swap

from coding.palette import PALETTE
from data.problems import DataProblem, DataRefused
from workbench.actions.codebook.line_patterns import LINE_PATTERNS
from workbench.widgets.transcript_pane import (
    PaneChange,
    PaneCode,
    PaneContent,
    PaneMemo,
    PaneOperation,
    PaneSpan,
    PaneSuggestion,
    PaneTurn,
)

# A farmer joined from two people, a flag, an accent in two parts, curly quotes.
FARMER = "\U0001f469\U0001f3fd\u200d\U0001f33e"
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
INTERVIEW = [
    ("Interviewer", "Can you tell me what happened when the placement ended?"),
    (
        "Worker",
        "She started to open up once the same worker came every week at the same "
        "time. We were told on a Friday afternoon that the placement was ending, "
        "and nobody had spoken to the school about it.",
    ),
    ("Interviewer", "How did the young person respond?"),
    (
        "Young person",
        "I remember feeling that the meeting was about us and not with us. I rang "
        "the duty team three times and each time a different worker answered, so I "
        "had to tell the story again. It was like nobody had written anything down.",
    ),
    ("Interviewer", "And what would have helped?"),
    (
        "Young person",
        f"My uncle {FARMER} drove me to see my brothers on the farm every month "
        f"{FLAG}. He said \u201cyou\u2019re still family\u201d. That cafe\u0301 by the "
        "station, we always met there.",
    ),
    (
        "Worker",
        "\U0001f600 He did more than any of us. I think we should have asked him at "
        "the start, before we had a plan of our own, and written it in the record.",
    ),
    ("Interviewer", "Is there anything you would change?"),
    (
        "Worker",
        "Supervision, honestly. I had four managers in that year and each of them "
        "read the file from the end. Thresholds moved as well; what counted as "
        "urgent in March was a phone call in June.",
    ),
    (
        "Young person",
        "Ask me. Just ask me first, and then tell me what you did with the answer.",
    ),
]
MARKUP = [
    (
        "<b>Boss</b>",
        "<img src='http://127.0.0.1:9/x.png' onerror='window.hit=1'> & <i>",
    ),
    (
        "Worker",
        "**bold** [link](http://127.0.0.1:9/) <script>window.hit=1</script> "
        "\u202ereversed\u202c",
    ),
]
CODE_NAMES = [
    "Late notice",
    "Retelling the story",
    "Same worker",
    "Being heard",
    "Power",
    "Gaps in the record",
    "Family as support",
    "Harm",
    "Thresholds",
    "Supervision",
    "Housing",
    "Echo of the past",
]
WORDS = re.findall(
    r"\S+",
    "well I think the people here never really talk about what happened after that "
    "it is just \u201cnormal\u201d now and my sister moved away because there "
    "wasn\u2019t any work so we kept going until winter came back again caf\u00e9 "
    "maybe they said someone would call me the school knew but nobody told my mum",
)
SUGGESTED = [
    (
        "I rang the duty team three times and each time a different worker answered",
        "Retelling the story",
        "fairly sure",
        "Because \u201ctell the story\u201d is close by, and it is close to 3 "
        "passages you coded.",
        "a different worker",
    ),
    (
        "My uncle",
        "Family as support",
        "very likely",
        "Because \u201cuncle\u201d is a cue of this code.",
        "uncle",
    ),
    (
        "nobody had written anything down",
        "Gaps in the record",
        "fairly sure",
        "Because \u201cwritten anything down\u201d answers the cue "
        "\u201cnot written down\u201d.",
        "written anything down",
    ),
    (
        "Thresholds moved as well",
        "Thresholds",
        "very likely",
        "Because \u201cthresholds\u201d is the code\u2019s own name.",
        "Thresholds",
    ),
    (
        "Just ask me first",
        "Being heard",
        "a guess",
        "Because the passage shares \u201cask\u201d with the definition.",
        "ask me",
    ),
]
REASONS = {
    "rests_on": "Explicit: it is said in these words",
    "definition": "Having to tell the story again to another worker.",
    "similar": [("other", 40, "Interview 8, coded by Amira Khan")],
    "rate": "Tried on transcripts held out, 14 of 20 like this were right.",
}
CODED = [
    ("the same worker came every week", "Same worker", True),
    (
        "We were told on a Friday afternoon that the placement was ending",
        "Late notice",
        True,
    ),
    (
        "I remember feeling that the meeting was about us and not with us",
        "Being heard",
        True,
    ),
    ("about us and not with us", "Power", True),
    ("not with us. I rang the duty", "Harm", False),
    ("with us", "Supervision", False),
    ("four managers in that year", "Supervision", True),
]
SCHEMA = """
create table code(id text primary key, name text, position integer);
create table span(id text primary key, source text, start int, end int, code text,
  coder text, suggestion text);
create table suggestion(id text primary key, source text, start int, end int, code text,
  strength text, reason text, cues text, status text default 'open');
create table operation(client text, sequence int, kind text, at real default
  (julianday('now')), primary key (client, sequence));
create table because(suggestion text primary key, reason text, words text);
create table turn(source text, number int, start int, text text, speaker text);
"""


class PaneStore:
    """The file at ``path`` and what the pane does to it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        return connection

    def rows(self, query: str, *values: object) -> list[tuple]:
        with closing(self.connect()) as connection:
            return connection.execute(query, values).fetchall()

    def sources(self) -> list[str]:
        return [name for (name,) in self.rows("select distinct source from turn")]

    def text(self, source: str) -> str:
        turns = self.rows(
            "select text from turn where source=? order by number", source
        )
        return "\n".join(text for (text,) in turns)

    def quotations(self, source: str, code: str) -> list[str]:
        """The words under a code, by the positions that were stored."""
        text = self.text(source)
        found = self.rows(
            "select start, end from span join code on code.id = span.code "
            "where source=? and code.name=? order by start",
            source,
            code,
        )
        return [text[start:end] for start, end in found]

    def build(self) -> None:
        with closing(self.connect()) as connection:
            connection.executescript(SCHEMA + CHANGES)

    def add_codes(self, names: Sequence[str] = CODE_NAMES) -> None:
        with closing(self.connect()) as connection:
            connection.executemany(
                "insert into code values (?, ?, ?)",
                [(f"code-{i}", name, i) for i, name in enumerate(names)],
            )

    def add_source(self, source: str, turns: Sequence[tuple[str, str]]) -> None:
        starts = itertools.accumulate((len(t) + 1 for _, t in turns), initial=0)
        with closing(self.connect()) as connection:
            connection.executemany(
                "insert into turn values (?, ?, ?, ?, ?)",
                [
                    (source, number, start, text, speaker)
                    for number, (start, (speaker, text)) in enumerate(
                        zip(starts, turns, strict=False), start=1
                    )
                ],
            )

    def add_codings(self, source: str) -> None:
        """The hand-written codings and suggestions of the interview."""
        text = self.text(source)
        code = {name: f"code-{i}" for i, name in enumerate(CODE_NAMES)}
        with closing(self.connect()) as connection:
            for i, (words, name, is_mine) in enumerate(CODED):
                start = text.index(words)
                coder = "me" if is_mine else "Amira Khan"
                values = (
                    f"span-{i}",
                    source,
                    start,
                    start + len(words),
                    code[name],
                    coder,
                )
                connection.execute("insert into span values (?,?,?,?,?,?,'')", values)
            for i, (words, name, strength, reason, cue) in enumerate(SUGGESTED):
                start, at = text.index(words), text.index(cue)
                values = (
                    f"suggestion-{i}",
                    source,
                    start,
                    start + len(words),
                    code[name],
                    strength,
                    reason,
                    f"{at}-{at + len(cue)}",
                )
                connection.execute(
                    "insert into suggestion values (?,?,?,?,?,?,?,?,'open')", values
                )

    def add_long_source(
        self, source: str, words: int, spans: int, suggestions: int, seed: int = 7
    ) -> None:
        chance = random.Random(seed)
        turns: list[tuple[str, str]] = []
        left = words
        while left > 0:
            count = min(left, chance.randint(15, 90))
            said = " ".join(chance.choice(WORDS) for _ in range(count)) + "."
            speaker = "Interviewer" if len(turns) % 3 == 0 else "Young person"
            turns.append((speaker, said))
            left -= count
        self.add_source(source, turns)
        length = sum(len(t) + 1 for _, t in turns) - 1
        with closing(self.connect()) as connection:
            connection.execute("begin")
            for i in range(spans + suggestions):
                start = chance.randrange(length - 200)
                end = start + chance.randint(20, 160)
                code = f"code-{chance.randrange(len(CODE_NAMES))}"
                if i < spans:
                    connection.execute(
                        "insert into span values (?,?,?,?,?,?,'')",
                        (f"{source}-span-{i}", source, start, end, code, "me"),
                    )
                else:
                    connection.execute(
                        "insert into suggestion values (?,?,?,?,?,?,?,'','open')",
                        (
                            f"{source}-suggestion-{i}",
                            source,
                            start,
                            end,
                            code,
                            "fairly sure",
                            "Because it is like passages you coded.",
                        ),
                    )
            connection.execute("commit")

    def content(
        self,
        source: str,
        *,
        may_code: bool = True,
        may_write_memos: bool = True,
        is_blind: bool = False,
        coder: str = "me",
    ) -> PaneContent:
        counts = dict(self.rows("select code, count(*) from span group by code"))
        codes = []
        for i, (code_id, name) in enumerate(
            self.rows("select id, name from code order by position, rowid")
        ):
            colour = PALETTE[i % len(PALETTE)]
            inks = (
                colour.ink_light,
                colour.tint_light,
                colour.ink_dark,
                colour.tint_dark,
            )
            key = str(i + 1) if i < 9 else ""
            # A colour that comes again comes with another line.
            line = LINE_PATTERNS[i // len(PALETTE) % len(LINE_PATTERNS)]
            count = counts.get(code_id, 0)
            codes.append(PaneCode(code_id, name, *inks, count, key, line=line))
        turns = [
            PaneTurn(number, start, text, speaker, speaker == "Interviewer")
            for number, start, text, speaker in self.rows(
                "select number, start, text, speaker from turn where source=? "
                "order by number",
                source,
            )
        ]
        text = "\n".join(turn.text for turn in turns)
        spans = [
            PaneSpan(i, start, end, code, coder, coder == "me")
            for i, start, end, code, coder in self.rows(
                "select id, start, end, code, coder from span where source=?", source
            )
        ]
        suggestions = [
            PaneSuggestion(
                i,
                start,
                end,
                code,
                strength,
                reason,
                [tuple(map(int, cue.split("-"))) for cue in cues.split()],
                is_guess=strength == "a guess",
                **(REASONS if i == "suggestion-0" else {}),
            )
            for i, start, end, code, strength, reason, cues in self.rows(
                "select id, start, end, code, strength, reason, cues from suggestion "
                "where source=? and status='open'",
                source,
            )
        ]
        return PaneContent(
            source,
            hashlib.sha256(text.encode("utf-8")).hexdigest(),
            "Interview 7" if source != "markup" else "<i>Interview</i>",
            "Worker and young person, wave 2",
            turns,
            codes,
            spans,
            suggestions,
            may_code=may_code,
            may_write_memos=may_write_memos,
            is_blind=is_blind,
            coder=coder,
            memos=[
                PaneMemo(i, start, end, words, "Me", True, segment)
                for i, start, end, segment, words in self.rows(
                    "select id, start, end, segment, words from memo where source=?",
                    source,
                )
            ],
            changes=[
                PaneChange(i, number, kind, bool(undone), pane_rows(rows))
                for i, number, kind, undone, rows in self.rows(
                    "select id, number, kind, undone, rows from change where source=? "
                    "order by number",
                    source,
                )
            ],
        )

    def apply(self, source: str, operations: Sequence[PaneOperation]) -> None:
        with closing(self.connect()) as connection:
            connection.execute("begin immediate")
            try:
                for operation in operations:
                    self._apply_one(connection, source, operation)
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def _apply_one(
        self, connection: sqlite3.Connection, source: str, operation: PaneOperation
    ) -> None:
        added = connection.execute(
            "insert or ignore into operation(client, sequence, kind) values (?, ?, ?)",
            (operation.client, operation.sequence, operation.kind),
        )
        if not added.rowcount:
            return
        if operation.kind in ("undo", "redo"):
            change = str(operation.fields["change_id"])
            swap(connection, change, undo=operation.kind == "undo")
            return
        changing(
            connection,
            source,
            (operation.id, operation.kind),
            lambda: self._change(connection, source, operation),
        )

    def _change(
        self, connection: sqlite3.Connection, source: str, operation: PaneOperation
    ) -> None:
        f = operation.fields
        if operation.kind == "make_code":
            self._make_code(connection, str(f["code_id"]), str(f["name"]))
        elif operation.kind == "code":
            values = (f["segment_id"], source, f["start"], f["end"], f["code_id"], "me")
            known = connection.execute("select 1 from code where id=?", (f["code_id"],))
            if not known.fetchone():
                raise refused(
                    "That code is no longer in the codebook.", "Choose another."
                )
            connection.execute("insert into span values (?,?,?,?,?,?,'')", values)
        elif operation.kind == "uncode":
            connection.execute("delete from span where id=?", (f["segment_id"],))
        elif operation.kind == "recode":
            values = (f["code_id"], f["segment_id"])
            connection.execute("update span set code=? where id=?", values)
        elif operation.kind == "move_edges":
            values = (f["start"], f["end"], f["segment_id"])
            connection.execute("update span set start=?, end=? where id=?", values)
        elif operation.kind == "memo":
            places = (source, f["start"], f["end"], f["segment_id"], f["text"])
            connection.execute("delete from memo where id=?", (f["memo_id"],))
            if f["text"]:
                connection.execute(
                    "insert into memo values (?,?,?,?,?,?)", (f["memo_id"], *places)
                )
        else:
            self._decide(connection, operation.kind, f)

    def _make_code(self, connection: sqlite3.Connection, code: str, name: str) -> None:
        if name == "Forbidden":
            raise refused("Codes may not be called that.", "Choose another name.")
        connection.execute("insert into code values (?, ?, 99)", (code, name))

    def _decide(self, connection, kind: str, f) -> None:
        one = f["suggestion_id"]
        if kind == "because":
            values = (one, f["reason"], f["text"])
            connection.execute("insert or replace into because values (?,?,?)", values)
            return
        if kind == "reopen":
            connection.execute("delete from span where suggestion=?", (one,))
            connection.execute("update suggestion set status='open' where id=?", (one,))
            return
        status = {"accept": "accepted", "reject": "rejected", "instead": "instead"}[
            kind
        ]
        changed = connection.execute(
            "update suggestion set status=? where id=? and status='open'", (status, one)
        )
        if not changed.rowcount:
            raise refused(
                "Somebody else has decided this suggestion already.",
                "Look at the passage to see how.",
            )
        if kind != "reject":
            code = f.get("code_id")
            connection.execute(
                "insert into span select ?, source, coalesce(?, start), "
                "coalesce(?, end), coalesce(?, code), 'me', id from suggestion "
                "where id=?",
                (f["segment_id"], f.get("start"), f.get("end"), code, one),
            )


def refused(found: str, do_next: str) -> DataRefused:
    return DataRefused([DataProblem(found, "The transcript", do_next)])
