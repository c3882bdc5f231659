"""Lines that belong to the site and not to the article, told by what they say.

A site speaks of itself in few words: it calls («تابعوا … على تلغرام»), announces («مواضيع ذات
صلة»), counts, credits and disclaims. So a line is judged by its words, not looked up whole: one
made of nothing but the site's words, a call that names a network, a head of such words before a
colon. The words stand in `phrases.toml`; its lists of whole phrases catch what is said otherwise.
"""

from __future__ import annotations

import re

from crawl.extract.tree.boilerplate import PHRASES, any_of, fold, vocabulary
from crawl.text_cache import remembered

_LABELS, _WORDS = PHRASES["labels"], PHRASES["vocabulary"]
_START = re.compile(rf"(?:{any_of(_LABELS['start']).pattern})")
# Of a line that ends as a sentence does it proves nothing.
_START_OF_FRAGMENT = re.compile(any_of(_LABELS["start_of_fragment"]).pattern)
_WHOLE = frozenset(map(fold, _LABELS["whole"]))
_ENDS = frozenset(map(fold, _LABELS["ends"]))
_POLICY = any_of(_LABELS["policy"])
_DISCLAIMERS = any_of(_WORDS["disclaimers"])
_LATIN = any_of(_WORDS["latin"])
_COMMENTS = re.compile(r"(?<!\w)(?:ال)?(?:تعليق|رد\b|ردا\b|comment|reply)")


_CALLS = vocabulary("calls")
_PURPOSES = vocabulary("purposes")
_OFFERS = vocabulary("offers")
_NETWORKS = vocabulary("networks")
_OURS = vocabulary("ours")
_THINGS = vocabulary("things")
_STRONG = vocabulary("calls", "networks", "ours", "strong")
_KNOWN = _STRONG | vocabulary("weak", "purposes", "offers", "things")
_JOINED = _KNOWN - (_CALLS - vocabulary("weak", "purposes"))  # «والحمل» is no call
_HEADS = (_STRONG - _CALLS) | vocabulary("heads")
_CREDITS = vocabulary("credits")
_JOBS = vocabulary("jobs")
_TELLING = vocabulary("telling")
_SUMMARIES = vocabulary("summaries")
_ANSWERS = vocabulary("answers")

_STORIES = frozenset(
    map(
        fold,
        [
            "أيضا",
            "صلة",
            "علاقة",
            "مشابهة",
            "متعلقة",
            "مرتبطة",
            "مقترحة",
            "يهمك",
            "يعجبك",
            "المزيد",
            "مزيد",
            "كذلك",
        ],
    )
)
_PREFIX = re.compile(r"^(?:و|ف)?(?:بال|ال|لل|ب|ل)?(?=\w{3})")
_SOURCE_HEAD = re.compile(r"^\W*(?:المصدر|مصدر)\s+[-–—]\s+\S.{0,40}$")
_HEAD = re.compile(r"^([^:：]{2,60}?)\s*[:：]\s*(.*)$", re.DOTALL)
_CREDITED = re.compile(r"^\W*\(?\s*(?:اعداد|تحرير|كتابه|تغطيه|ترجمه)\s.{3,100}\)\s*$")
_GLUED = re.compile("(?<=[\u0621-\u064a])(?=[a-z])")
_BULLET = re.compile(r"^\W*[*•\-–—]")
_ENDED = re.compile(r"[.؟?!]\W*$")

# «تابع: …» is told of someone who goes on speaking.
_NARRATED = ([fold("تابع")], [fold("علق")])
# A labelled line longer than this is a paragraph that begins with the same words.
_LABEL_LENGTH = 160
_END_LENGTH = 60
_MOST_WORDS = 24
# Words of no list in a call to follow: the paper's name, a place; more make it a sentence.
_STRANGE = 3
_HEAD_WORDS = 6
_CREDIT_WORDS = 7
_LIFE_WORDS = 70


def is_site_line(text: str, key: str, site: frozenset[str] = frozenset()) -> bool:
    """Whether a line says nothing of the story; `key` is it folded, `site` the paper's words.

    >>> is_site_line("تابعوا الأفق على تلغرام", fold("تابعوا الأفق على تلغرام"))
    True
    """
    if len(text) > _LABEL_LENGTH:
        return False
    key = _GLUED.sub(" ", key)
    if _START.match(key) or key in _WHOLE or key in _ENDS or _LATIN.search(key):
        return True
    if _START_OF_FRAGMENT.match(key) and not _ENDED.search(text):
        return True
    words = key.split()
    if len(words) > _MOST_WORDS or not _TELLING.isdisjoint(
        word.removeprefix("و") for word in words
    ):
        return False
    if _BULLET.match(text) and words[:1] and words[0] in _JOBS and not _ENDED.search(text):
        return True
    if (
        _SOURCE_HEAD.match(text)
        or _DISCLAIMERS.search(key)
        or _are_initials(text, words)
        or _is_credited(text)
    ):
        return True
    return _is_known(words, site) or _is_call(text, words, site) or _is_headed(text, site)


def words_of(names: frozenset[str]) -> frozenset[str]:
    """The words of a paper's names, with and without the article."""
    words = {word for name in names for word in name.split()}
    return frozenset(words | {word.removeprefix("ال") for word in words} - {""})


def fold_marks(text: str) -> str:
    """Text folded word by word, its punctuation kept."""
    return re.sub(r"\w+", lambda word: fold(word[0]), text)


def announces(text: str) -> bool:
    """Whether a line announces other stories or asks the reader to do something."""
    return is_site_line(text, fold(text))


def has_only_site_words(key: str, site: frozenset[str] = frozenset()) -> bool:
    """Whether a folded line is made of the site's words alone: «أضيف بتاريخ»."""
    return all(_is_one(word, _stem(word), _KNOWN, site) for word in key.split())


def announces_stories(text: str, key: str) -> bool:
    """Whether a label stands alone and announces other stories: «اقرأ أيضا:»."""
    found = _HEAD.match(text)
    alone = found is None or not fold(found[2])
    return alone and not _STORIES.isdisjoint(map(_stem, key.split()))


def is_ending(text: str, key: str) -> bool:
    """Whether a line may end the article: «مواضيع ذات صلة», «التعليقات»."""
    words = key.split()
    return len(text) < _END_LENGTH and (
        key in _ENDS or (bool(words) and words[-1] in _RELATED and _is_known(words, frozenset()))
    )


_RELATED = frozenset(map(fold, ["صلة", "علاقة", "مشابهة", "مقترحة", "متعلقة", "مرتبطة"]))


def ends_for_sure(key: str) -> bool:
    """Whether what follows such a line is never the article's: its readers' comments."""
    return _COMMENTS.search(key) is not None and key.split()[0] not in _CALLS | {"الاكثر"}


def is_policy(text: str) -> bool:
    """Whether a paragraph is the site's small print: cookies, comments, copyright."""
    return _POLICY.search(fold(text)) is not None


def is_summary_head(key: str) -> bool:
    """Whether a line heads a summary made for those who do not read on."""
    return key in _SUMMARIES


def is_poll_answer(key: str) -> bool:
    """Whether a line is an answer to choose in a poll."""
    return key in _ANSWERS


def is_about_writer(text: str, key: str) -> bool:
    """Whether a last line says what its writer is: «سلمى الراعي كاتبة وصحافية من …»."""
    words = key.split()
    if not words or len(words) > _LIFE_WORDS:
        return False
    if words[0] in _JOBS:
        return len(words) <= 10 and not _ENDED.search(text)
    place = next((place for place, word in enumerate(words[:5]) if word in _JOBS), 0)
    return place >= 2


def is_list_of_tags(text: str) -> bool:
    """Whether a last line is a list of subjects: «مرفأ، صيد، ساحل»."""
    parts = [part.split() for part in re.split("[،,|]", text)]
    return (
        len(parts) >= 3
        and not _ENDED.search(text)
        and all(1 <= len(part) <= 3 for part in parts)
        and len(text) <= _LABEL_LENGTH
    )


def _is_credited(text: str) -> bool:
    """Whether a line says in brackets who made the text: «(إعداد … - تحرير …)»."""
    return text.rstrip().endswith(")") and _CREDITED.match(fold_marks(text)) is not None


@remembered(20_000)
def _stem(word: str) -> str:
    """The word as the lists know it, without what is joined before it where need be."""
    if word in _KNOWN or word in _HEADS:
        return word
    bare = _PREFIX.sub("", word)
    return bare if bare in _JOINED or bare in _HEADS else word


def _is_known(words: list[str], site: frozenset[str]) -> bool:
    """Whether all words are the site's, and one of them proves it."""
    stems = [word if word in site else _stem(word) for word in words if not word.isdigit()]
    if not has_only_site_words(" ".join(words), site):
        return False
    numbered = len(stems) < len(words) <= 4
    return numbered or any(stem in _STRONG for stem in stems)


def _is_call(text: str, words: list[str], site: frozenset[str]) -> bool:
    """Whether a line asks the reader to follow, share or fetch something somewhere."""
    calls = [place for place, word in enumerate(words) if _calls(word)]
    if not calls or calls[0] > 1:
        return False
    stems = [_stem(word) for word in words]
    strange = sum(
        not (s in _KNOWN or w in site or w.isdigit()) for s, w in zip(stems, words, strict=True)
    )
    if strange <= 1 and not _THINGS.isdisjoint(stems) and not _ENDED.search(text):
        return True
    if strange > _STRANGE or _NETWORKS.union(_OURS).isdisjoint(stems):
        return False
    plural = words[calls[0]].endswith(("وا", "ي", "نا"))
    return strange <= 1 or plural or not _ENDED.search(text)


def _is_one(word: str, stem: str, known: frozenset[str], site: frozenset[str]) -> bool:
    return stem in known or word in site or word.isdigit()


def _calls(word: str) -> bool:
    if word in _CALLS or word in _OFFERS:
        return True
    return word.startswith("ل") and _stem(word) in _PURPOSES


def _is_headed(text: str, site: frozenset[str]) -> bool:
    """Whether a line begins with the site's words and a colon: «شاهد أيضا: …»."""
    found = _HEAD.match(text)
    if found is None:
        return False
    words = fold(found[1]).split()
    pairs = [(word, _stem(word)) for word in words]
    if not 0 < len(words) <= _HEAD_WORDS or words in _NARRATED:
        return False
    if not all(_is_one(word, stem, _KNOWN | _HEADS, site) for word, stem in pairs):
        return False
    stems = {stem for _, stem in pairs}
    length = len(found[2].split())
    if not stems.isdisjoint(_CREDITS):
        return length <= _CREDIT_WORDS
    if any(_calls(word) for word in words) or not stems.isdisjoint(_STORIES):
        return True
    return not stems.isdisjoint(_HEADS) and (length <= _CREDIT_WORDS or not _ENDED.search(text))


def _are_initials(text: str, words: list[str]) -> bool:
    """Whether a line is the initials of those who worked on it: «ن.ح/ س.ر»."""
    names = [word for word in words if not word.isdigit() and word != "انتهي"]
    return (
        len(text) <= 25
        and bool(words)
        and all(len(word) <= 2 for word in names)
        and (len(names) >= 2 or "انتهي" in words)
    )
