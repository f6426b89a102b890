"""What a row of each table is called where an erasure lists what it touches."""

from __future__ import annotations

IN_WORDS: dict[str, tuple[str, str]] = {
    "agreed_decision": ("decision between coders", "decisions between coders"),
    "analysis_answer": (
        "answer in an analysis template",
        "answers in analysis templates",
    ),
    "analysis_question": (
        "question of an analysis template",
        "questions of analysis templates",
    ),
    "analysis_record": ("record of an interview", "records of interviews"),
    "analysis_template": ("analysis template", "analysis templates"),
    "analysis_template_version": (
        "version of an analysis template",
        "versions of analysis templates",
    ),
    "analysis_words": ("earlier wording of an answer", "earlier wordings of answers"),
    "aims_version": ("version of the aims", "versions of the aims"),
    "assignment": ("assignment of a coder", "assignments of coders"),
    "assignment_step": ("step of an assignment", "steps of assignments"),
    "candidate": ("place in a list of candidates", "places in lists of candidates"),
    "case_event": ("event of the case", "events of the case"),
    "case_fact": ("fact of the case", "facts of the case"),
    "case_file": ("case", "cases"),
    "case_note": ("note of the case", "notes of the case"),
    "case_read_alone": ("note that it was read", "notes that it was read"),
    "case_reading": ("reading of a file", "readings of files"),
    "chosen_quotation": ("quotation chosen for range", "quotations chosen for range"),
    "code": ("code with examples or words", "codes with examples or words"),
    "code_history": ("change kept of the codebook", "changes kept of the codebook"),
    "codebook_decision": ("decision on codes", "decisions on codes"),
    "codebook_version": (
        "kept version of the codebook",
        "kept versions of the codebook",
    ),
    "code_precision": ("precision asked of a code", "precisions asked of codes"),
    "coded_segment": ("coded passage", "coded passages"),
    "coding_change": ("change that could be undone", "changes that could be undone"),
    "compared_pair": ("comparison of progress", "comparisons of progress"),
    "consent": ("record of consent", "records of consent"),
    "contrary_search": (
        "search for contrary cases",
        "searches for contrary cases",
    ),
    "counter_answer": (
        "answer to counter-evidence",
        "answers to counter-evidence",
    ),
    "counter_search": ("search against a hypothesis", "searches against hypotheses"),
    "debrief": ("record of a debrief", "records of debriefs"),
    "debrief_action": ("action of a debrief", "actions of debriefs"),
    "debrief_attender": ("person who took part", "people who took part"),
    "debrief_decision": ("decision of a debrief", "decisions of debriefs"),
    "debrief_dissent": ("dissent", "dissents"),
    "debrief_hypothesis": ("hypothesis in minutes", "hypotheses in minutes"),
    "debrief_note": ("note in minutes", "notes in minutes"),
    "debrief_wave": ("wave of a debrief", "waves of debriefs"),
    "debrief_words": ("earlier wording in minutes", "earlier wordings in minutes"),
    "declared_interest": ("declared interest", "declared interests"),
    "design_words": (
        "earlier wording of the study design",
        "earlier wordings of the study design",
    ),
    "drawn_source": ("place in a draw by chance", "places in draws by chance"),
    "disclosure_rule": ("rule for small numbers", "rules for small numbers"),
    "earlier_text": ("earlier text of a transcript", "earlier texts of transcripts"),
    "earlier_words": ("earlier answer or verdict", "earlier answers or verdicts"),
    "evidence": ("link of evidence", "links of evidence"),
    "finding": ("finding", "findings"),
    "finding_words": ("earlier wording of a finding", "earlier wordings of findings"),
    "framework_cell": ("cell of a themes matrix", "cells of themes matrices"),
    "framework_matrix": ("themes matrix", "themes matrices"),
    "framework_words": ("earlier wording of a cell", "earlier wordings of cells"),
    "hypothesis": ("hypothesis", "hypotheses"),
    "hypothesis_step": ("step of a hypothesis", "steps of hypotheses"),
    "judgement": ("judgement of a pair", "judgements of pairs"),
    "keeping_rule": ("rule for keeping", "rules for keeping"),
    "learning": ("record of what was learned", "records of what was learned"),
    "list_seen": ("note of who saw a list", "notes of who saw a list"),
    "logic_model": ("part of the logic model", "parts of the logic model"),
    "logic_model_words": (
        "earlier wording in the logic model",
        "earlier wordings in the logic model",
    ),
    "memo": ("memo", "memos"),
    "memo_link": ("link of a memo", "links of memos"),
    "memo_words": ("earlier wording of a memo", "earlier wordings of memos"),
    "mini_project": ("mini-project", "mini-projects"),
    "others_read": ("note of who read others' codings", "notes of who read codings"),
    "opposite_code": ("mark of an opposite code", "marks of opposite codes"),
    "outcome_statement": ("statement on an outcome", "statements on outcomes"),
    "outcome_statement_words": (
        "earlier statement on an outcome",
        "earlier statements on outcomes",
    ),
    "pair": ("pair of a run", "pairs of runs"),
    "pairing": ("account of a run", "accounts of runs"),
    "participant": ("participant", "participants"),
    "participant_attribute": ("further fact", "further facts"),
    "progress_judge": ("place of a judge of progress", "places of judges of progress"),
    "progress_verdict": ("verdict on progress", "verdicts on progress"),
    "read_through": ("note that it was read through", "notes that it was read"),
    "reading_answer": ("answer in a reading", "answers in readings"),
    "release": ("release", "releases"),
    "release_file": ("file kept of a release", "files kept of releases"),
    "sampling_record": ("record of choice", "records of choice"),
    "settled_source": ("note that coders settled it", "notes that coders settled it"),
    "shortfall_reason": (
        "reason why people were not reached",
        "reasons why people were not reached",
    ),
    "source": ("source", "sources"),
    "source_strand": ("place in a strand", "places in strands"),
    "speaker": ("speaker label", "speaker labels"),
    "strand": ("strand", "strands"),
    "suggestion": ("suggestion of the machine", "suggestions of the machine"),
    "suggestion_draw": ("draw by chance", "draws by chance"),
    "suggestion_settings": ("setting of suggestions", "settings of suggestions"),
    "supervision": ("step of supervision", "steps of supervision"),
    "survey_assumption": ("assumption on a survey", "assumptions on surveys"),
    "topic_guide": ("topic guide", "topic guides"),
    "topic_guide_version": (
        "version of a topic guide",
        "versions of topic guides",
    ),
    "trust_report": ("report of a trial", "reports of trials"),
    "turn": ("turn", "turns"),
    "turn_words": ("turn of the search index", "turns of the search index"),
    "unpaired_case": ("case without partner in a run", "cases without partner in runs"),
    "unplaced_coding": (
        "coding that waits for a place",
        "codings that wait for a place",
    ),
    "verdict": ("verdict on a candidate", "verdicts on candidates"),
    "wave_plan": ("plan of a wave", "plans of waves"),
    "withdrawal": ("withdrawal", "withdrawals"),
    "within_case": ("comparison within the case", "comparisons within the case"),
    "withdrawn_words": ("passage set aside", "passages set aside"),
}


def in_words(table: str, count: int) -> str:
    """What so many rows of a table are called; a table without words is named.

    >>> in_words("memo", 2), in_words("memo", 1), in_words("later_thing", 3)
    ('memos', 'memo', 'entries of later thing')
    """
    if table not in IN_WORDS:
        named = table.replace("_", " ")
        return f"entry of {named}" if count == 1 else f"entries of {named}"
    one, several = IN_WORDS[table]
    return one if count == 1 else several
