"""How alike two narratives are, by the words they share.

TF-IDF weighs a word by how rare it is over all narratives, and the cosine compares the
two sets of weighted words (Salton and Buckley 1988). Meaning is not understood: two
notes on the same matter in other words are far apart. Shown beside a distance, never
part of one.
"""

from __future__ import annotations

from collections.abc import Sequence


def text_likeness(
    pairs: Sequence[tuple[str, str]], *, among: Sequence[str] = ()
) -> list[float | None]:
    """The likeness of each pair of texts, 0 (no word shared) to 1 (the same words).

    Nothing where either text is blank or has no words to compare. Word weights are
    taken over ``among`` if given, else over the texts themselves.

    >>> text_likeness([("late for school", "late for school"), ("fed", "")])
    [1.0, None]
    """
    texts = sorted({text for pair in pairs for text in pair if text.strip()})
    background = sorted({text for text in among if text.strip()}) or texts
    if not texts:
        return [None] * len(pairs)
    # Takes a second to load, and most pairings have no narrative.
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        lowercase=True, strip_accents="unicode", sublinear_tf=True, stop_words="english"
    )
    try:
        vectorizer.fit(background)
    except ValueError:
        # Nothing but stop words anywhere: there is no word to compare by.
        return [None] * len(pairs)
    vectors = vectorizer.transform(texts)
    place = {text: number for number, text in enumerate(texts)}
    likenesses: list[float | None] = [None] * len(pairs)
    asked = [n for n, pair in enumerate(pairs) if all(text in place for text in pair)]
    left = vectors[[place[pairs[n][0]] for n in asked]]
    right = vectors[[place[pairs[n][1]] for n in asked]]
    cosines = left.multiply(right).sum(axis=1).A1 if asked else []
    has_words = vectors.getnnz(axis=1) > 0
    for number, cosine in zip(asked, cosines, strict=True):
        if all(has_words[place[text]] for text in pairs[number]):
            likenesses[number] = min(round(float(cosine), 12), 1.0)
    return likenesses
