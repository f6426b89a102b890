"""The analysis template of the sample: two versions of its questions, three records."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from coding.analysis_templates.questions import AnswerKind, Question
from coding.study import Person
from data.storage import StudyStore
from data.storage.analysis_templates.template_records import (
    AnswerWords,
    RecordPlace,
    Template,
)
from workbench.actions.sample.sample_files import file_text
from workbench.actions.templates.drafting import draft_record
from workbench.actions.templates.record_reading import read_record


def fill_records(store: StudyStore, people: Sequence[Person]) -> None:
    """Make the template of the file, publish its versions, fill its records."""
    frame = tomllib.loads(file_text("templates.toml"))
    authors = {person.name: person for person in people}
    codes = {code.name: code.id for code in store.codebook.codebook().codes}
    sources = {one.file_name: one.id for one in store.sources.summaries()}
    template: Template | None = None
    for version in frame["version"]:
        asked = [
            _question(name, frame["question"][name], codes) for name in version["asks"]
        ]
        template = _publish(store, frame, authors, template, asked, version["note"])
        for record in frame["record"]:
            if record["version"] == version["number"]:
                author = authors[record["author"]]
                source = sources[record["source"]]
                _fill(store, template, author, source, record, frame["question"])


def _publish(
    store: StudyStore,
    frame: Mapping[str, Any],
    authors: Mapping[str, Person],
    template: Template | None,
    asked: Sequence[Question],
    note: str,
) -> Template:
    storage, author = store.analysis_templates, authors[frame["author"]].id
    about = frame["about"]
    if template is None:
        template = storage.add(author, frame["name"], asked, about)
    else:
        template = storage.change(author, template, frame["name"], asked, about)
    return storage.publish(author, template, note)


def _question(
    name: str, about: Mapping[str, Any], codes: Mapping[str, str]
) -> Question:
    return Question(
        _identity(name, about),
        about["heading"],
        about.get("guidance", ""),
        AnswerKind(about.get("kind", AnswerKind.LONG_TEXT)),
        tuple(about.get("choices", ())),
        about.get("for_whom", ""),
        tuple(codes[one] for one in about.get("codes", ())),
    )


def _identity(name: str, about: Mapping[str, Any]) -> str:
    """The same in every version, and whenever the sample is built."""
    same = about.get("same_as", name)
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"sample question {same}"))


def _fill(
    store: StudyStore,
    template: Template,
    author: Person,
    source_id: str,
    record: Mapping[str, Any],
    questions: Mapping[str, Any],
) -> None:
    place = RecordPlace(template.id, source_id)
    passages = store.analysis_records.passages(source_id)
    for answer in record["answer"]:
        name = answer["question"]
        wanted = [_same(words) for words in answer.get("quotations", ())]
        quoted = [
            next(one.coded_id for one in passages if words in _same(one.words))
            for words in wanted
        ]
        reason = answer.get("does_not_apply", "")
        words = AnswerWords(
            answer.get("text", ""), answer.get("choice", ""), bool(reason), reason
        )
        store.analysis_records.write(
            author.id,
            place,
            _identity(name, questions[name]),
            words,
            seen_version=0,
            quotations=list(dict.fromkeys(quoted)),
        )
    if record.get("draft"):
        read = read_record(store, template, source_id, author)
        draft_record(store, read, author)


def _same(words: str) -> str:
    return words.replace("’", "'")
