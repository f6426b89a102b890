"""What pages say when something is refused, or goes wrong on our side."""

from __future__ import annotations

import logging

import pytest
from page_tests import words_on
from streamlit.testing.v1 import AppTest

_FAULT = """
from workbench import notices
with notices.faults_told():
    raise ValueError("Kirsty said something")
"""
_REFUSAL = """
from workbench import notices
from data.problems import DataProblem, DataRefused
with notices.faults_told():
    raise DataRefused([DataProblem("the file is empty", "a.csv", "choose another")])
"""
_STOP = """
import streamlit as st
from workbench import notices
with notices.faults_told():
    st.write("before")
    st.stop()
st.write("after")
"""


def test_a_fault_of_ours_quotes_a_reference_and_no_words_of_a_file(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, "workbench"):
        app = AppTest.from_string(_FAULT).run()
    shown = words_on(app)
    assert not app.exception
    assert "Please pass on the reference" in shown
    reference = app.error[0].value.split("reference ")[1].strip(".")
    assert reference in caplog.text
    assert "ValueError" in caplog.text
    assert "Kirsty" not in shown + caplog.text


def test_a_refusal_is_worded_as_sentences() -> None:
    app = AppTest.from_string(_REFUSAL).run()
    assert "The file is empty. Choose another." in words_on(app)


def test_a_page_that_stops_itself_is_no_fault() -> None:
    app = AppTest.from_string(_STOP).run()
    assert [one.value for one in app.markdown] == ["before"]
    assert not app.error
