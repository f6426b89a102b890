"""Roots of English words by rule: enough to see that *told* and *telling* are one.

Used wherever words are counted over a whole study, and in place of lemmas where no
language model is installed. Reads nothing and loads nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

VOWEL = re.compile("[aeiouy]")
SHORTEST_ROOT = 3

# The irregular forms that interviews are full of; regular ones need no list.
_FORMS_OF = {
    "be": "am is are was were been being 'm 're",
    "begin": "began begun",
    "break": "broke broken",
    "bring": "brought",
    "build": "built",
    "child": "children",
    "choose": "chose chosen",
    "come": "came",
    "do": "does did done doing",
    "draw": "drew drawn",
    "fall": "fell fallen",
    "feel": "felt",
    "find": "found",
    "forget": "forgot forgotten",
    "get": "got gotten getting",
    "give": "gave given",
    "go": "goes went gone going",
    "have": "has had having 've",
    "hear": "heard",
    "hold": "held",
    "keep": "kept",
    "know": "knew known",
    "leave": "left",
    "lose": "lost",
    "make": "made",
    "man": "men",
    "mean": "meant",
    "meet": "met",
    "not": "n't",
    "pay": "paid",
    "person": "people",
    "ring": "rang rung",
    "say": "said",
    "see": "saw seen",
    "send": "sent",
    "show": "shown",
    "sit": "sat sitting",
    "speak": "spoke spoken",
    "spend": "spent",
    "stand": "stood",
    "stick": "stuck",
    "take": "took taken",
    "teach": "taught",
    "tell": "told",
    "think": "thought",
    "understand": "understood",
    "use": "used using",
    "wear": "wore worn",
    "woman": "women",
    "write": "wrote written",
}
_IRREGULAR = {form: base for base, forms in _FORMS_OF.items() for form in forms.split()}

# Words that carry grammar and no subject. "again", "together", "late" and "before" are
# left in on purpose: in interviews about help they are the subject.
_FUNCTION_WORDS_BY_KIND = """
a an the this that these those some any each every either neither both such
i me my mine myself you your yours yourself he him his himself she her hers herself
it its itself we us our ours ourselves they them their theirs themselves one ones
who whom whose which what where when why how
and or but nor so if then than because as while although though unless until whether
of in on at by for with from to into onto about over under up down out off through
be am is are was were been being 'm 're 's do does did done doing have has had
having 've 'll 'd can could will would shall should may might must ca wo not n't no yes
there here just really very quite also too even still only more most much many lot
well okay ok yeah yep mm mmm um umm er erm uh oh ah hmm like sort kind bit actually
basically obviously maybe perhaps thing things something anything get got go goes going
went gone say said know think mean way use uses used using make makes made making
take takes took taken taking put puts give gives
gave given giving come comes came coming
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_BY_KIND.split())


@lru_cache(maxsize=50_000)
def word_root(lower: str) -> str:
    """The root that a word in lower case shares with its other forms.

    Not always a word itself. Plural, *-ed* and *-ing* endings are taken off (Porter
    1980, step 1, simplified), a final *e* too, and irregular forms are looked up.

    >>> [word_root(word) for word in ("told", "telling", "stories", "planned")]
    ['tell', 'tell', 'story', 'plan']
    >>> word_root("hoping") == word_root("hope")
    True
    """
    if lower in _IRREGULAR:
        # Through the rules again, so that "come" and "came" end as one.
        return _without_ending(_IRREGULAR[lower])
    return _without_ending(lower)


def _without_ending(word: str) -> str:
    if len(word) <= SHORTEST_ROOT:
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and _can_stand(stem) and not word.endswith("eed"):
            word = _undoubled(stem)
            break
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST_ROOT else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > SHORTEST_ROOT + 1:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _can_stand(stem: str) -> bool:
    return len(stem) >= SHORTEST_ROOT and VOWEL.search(stem) is not None


def _undoubled(stem: str) -> str:
    # "planned" gives plan; "telling", "missed" and "buzzing" keep their two letters.
    if len(stem) > SHORTEST_ROOT and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return stem
