"""Analysis version: which forms an index was made of, told by numbers rather than by source files.

An index of another version must be built again, so a comment mended in a rule must not change it
and a rule that changes a form must: `tests/golden_forms.tsv` holds the forms of some thousand
words, and a test that fails when they change while `ANALYSIS_VERSION` stays.
"""

import hashlib
from functools import cache

from index.analysis.lexicon.cache import fingerprint
from index.analysis.text.word_file import user_text, user_words

# Raised with every change of rules that gives some word another exact form or lemma.
#
# Afterwards `python -m tests.golden_forms` writes the golden forms anew.
ANALYSIS_VERSION = "ar-4"


@cache
def version() -> str:
    """What shapes the forms: our rules, the lexicon with its packages, the user's word file.

    Raises `BadWords`.
    """
    user_words()  # a wrong line is told before anything is searched by the others
    others = hashlib.sha256(f"{fingerprint()}\n{user_text()}".encode()).hexdigest()
    return f"{ANALYSIS_VERSION}-{others[:12]}"
