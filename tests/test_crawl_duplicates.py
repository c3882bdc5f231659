"""Copies of one story are found, the earliest is named, and strangers stay apart."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawl import Archive, Article, key_of
from crawl.archive import stories
from crawl.archive.near_duplicates import fingerprint, likeness, sketch
from crawl.archive.stories import update_stories
from tests.hostile_server import text
from tests.other_archives import make_of

STORY = Article(url="1", title="خبر", body="\n".join(text("story", 30)), date="2026-05-02")
NOTICE = (
    "بعث خادم الحرمين الشريفين الملك سلمان بن عبدالعزيز آل سعود برقية تهنئة إلى فخامة {} رئيس {}"
    " بمناسبة ذكرى {} لبلاده وأعرب الملك باسمه واسم شعب وحكومة المملكة العربية السعودية عن أصدق"
    " التهاني وأطيب التمنيات بالصحة والسعادة لفخامته ولحكومة وشعب {} الشقيق اطراد التقدم"
    " والازدهار منوها بتميز العلاقات التي تربط البلدين والتي يحرص الجميع على تنميتها"
)


def edited(body: str, seed: int) -> str:
    """The lead cut, a fifth of the sentences dropped, the rest in another order, a line added."""
    dice = random.Random(seed)
    sentences = body.replace("\n", " ").split(". ")[1:]
    kept = [sentence for sentence in sentences if dice.random() > 0.2]
    dice.shuffle(kept)
    return "\n".join(["(وكالات)", *(sentence + "." for sentence in kept)])


def found(archive: Archive) -> dict[str, list[str]]:
    """The stories after an update, copies in any order."""
    update_stories(archive)
    return {head: sorted(copies) for head, copies in archive.stories().items()}


def test_edited_copies_are_found_under_the_earliest(archive: Archive) -> None:
    """Whatever the order of arrival, the first date heads the story."""
    for number in range(20):
        archive.put(Article(url=f"other/{number}", title="ع", body="\n".join(text(number, 30))))
    archive.put(replace(STORY, url="2", body=edited(STORY.body, 2), date="2026-05-03"))
    archive.put(replace(STORY, url="3", body=edited(STORY.body, 3), date="2026-05-05"))
    archive.put(STORY)
    assert found(archive) == {key_of("1"): sorted([key_of("2"), key_of("3")])}


def test_a_copy_without_a_date_is_of_the_day_it_was_seen(archive: Archive) -> None:
    """Among articles without dates, who came first."""
    for url in ("1", "2"):
        archive.put(replace(STORY, url=url, date=""))
    assert found(archive) == {key_of("1"): [key_of("2")]}


def test_the_same_words_a_week_later_are_another_event(archive: Archive) -> None:
    """Three days are the reach of a story."""
    for url, day in (("1", "2026-05-02"), ("2", "2026-05-05"), ("3", "2026-05-06")):
        archive.put(replace(STORY, url=url, date=day))
    assert found(archive) == {key_of("1"): [key_of("2")]}


def test_notices_of_one_template_stay_apart() -> None:
    """Other names and places in the same sentences are other events; a cut copy is none."""
    one, other = (
        fingerprint(NOTICE.format(*names))
        for names in (
            ("ديدييه بوركالتر", "الاتحاد السويسري", "اليوم الوطني", "الاتحاد السويسري"),
            ("توماس بوني يايي", "جمهورية بنين", "استقلال الجمهورية", "جمهورية بنين"),
        )
    )
    assert one
    assert other
    assert likeness(one, one) == 1.0
    assert likeness(one, other) == 0.0


def test_an_update_takes_in_what_changed(archive: Archive) -> None:
    """A copy that is rewritten or removed leaves its story; one whose head goes gets another."""
    copies = [replace(STORY, url=str(number)) for number in (1, 2, 3, 4)]
    for copy in copies:
        archive.put(copy)
    update_stories(archive)
    archive.put(replace(copies[1], body="\n".join(text("new", 30))))
    assert found(archive) == {key_of("1"): sorted([key_of("3"), key_of("4")])}
    archive.remove(key_of("1"))
    assert found(archive) == {key_of("3"): [key_of("4")]}
    archive.remove(key_of("4"))
    assert found(archive) == {}


def test_an_article_whose_story_changes_is_told_as_a_change(archive: Archive) -> None:
    """So an index learns of it; what stands as it stood is not told again."""
    archive.put(STORY)
    archive.put(replace(STORY, url="other", body="\n".join(text("other", 30))))
    update_stories(archive)
    seen = archive.revision
    archive.put(replace(STORY, url="2"))
    update_stories(archive)
    told = [(change.key, change.story) for change in archive.changes(seen)]
    assert sorted(told) == sorted([(key_of("1"), key_of("1")), (key_of("2"), key_of("1"))])
    seen = archive.revision
    archive.remove(key_of("1"))
    update_stories(archive)
    changes = [
        (change.key, change.article is None, change.story) for change in archive.changes(seen)
    ]
    assert sorted(changes) == sorted([(key_of("1"), True, ""), (key_of("2"), False, "")])
    assert len(list(archive.changes(0))) == 3  # each key once
    update_stories(archive)
    assert list(archive.changes(archive.revision)) == []


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 7), st.integers(0, 2), st.sampled_from([0, 0, 1, 2, 5, 9]), st.booleans()
        ),
        max_size=14,
    )
)
def test_updates_give_what_going_through_everything_would(
    steps: list[tuple[int, int, int, bool]],
) -> None:
    """Whatever comes, changes or goes, early or late."""
    with Archive(":memory:") as grown, Archive(":memory:") as whole:
        for url, body, day, stays in steps:
            if stays:
                grown.put(_told(url, body, day))
            else:
                grown.remove(key_of(str(url)))
            update_stories(grown)
        for change in sorted(grown.changes(0), key=lambda one: _first(grown, one.key)):
            if change.article:
                whole.put(change.article)
        assert found(grown) == found(whole)


def _told(url: int, body: int, day: int) -> Article:
    when = date(2026, 5, 1) + timedelta(days=day)
    words = edited(STORY.body, body) if body else STORY.body
    return Article(url=str(url), title="خبر", body=words, date=when.isoformat())


def _first(archive: Archive, key: str) -> int:
    return archive.database.value("select first from stories where key = ?", (key,)) or 0


def test_what_follows_a_change_is_looked_at_for_three_days_only(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A late article of last year costs no walk through this one."""
    for number in range(60):
        when = (date(2026, 1, 1) + timedelta(days=number)).isoformat()
        body = "\n".join(text(number, 5))
        archive.put(Article(url=str(number), title="خبر", body=body, date=when))
    update_stories(archive)
    looked_at: list[str] = []
    joined = stories._Open.joined
    monkeypatch.setattr(
        stories._Open, "joined", lambda self, row: looked_at.append(row.moment) or joined(self, row)
    )
    archive.put(replace(STORY, url="late", date="2026-01-10"))
    update_stories(archive)
    assert set(looked_at) == {f"2026-01-{day}" for day in (10, 11, 12, 13)}


def test_spelling_does_not_hide_a_copy() -> None:
    """Vowel marks, hamzas, ta marbuta and tatweel are not what a copy is made of."""
    plain = STORY.body
    changed = plain.replace("أ", "ا").replace("ة", "ه").replace("م", "م\u064e").replace("ال", "الـ")
    one, other = fingerprint(plain), fingerprint(changed)
    assert one
    assert other
    assert likeness(one, other) == 1.0


def test_texts_too_short_to_tell_are_left_alone(archive: Archive) -> None:
    """Empty bodies and single lines are no copies of one another."""
    assert sketch("") is None
    for number in range(3):
        archive.put(Article(url=str(number), title="عنوان", body="نشرة الأخبار"))
    assert found(archive) == {}


def test_nothing_to_compare_is_no_error(archive: Archive) -> None:
    """An empty archive has no stories."""
    assert found(archive) == {}


def test_an_archive_of_the_last_format_is_brought_to_this_one(tmp_path: Path) -> None:
    """Its articles stay; the stories are found anew."""
    path = tmp_path / "a.db"
    with Archive(path) as archive:
        archive.put(STORY)
        archive.put(replace(STORY, url="2"))
    make_of("format 2", path)
    with Archive(path) as archive:
        assert found(archive) == {key_of("1"): [key_of("2")]}


def test_finding_stories_asks_the_database_in_portions_and_by_its_indexes(
    archive: Archive,
) -> None:
    """A question for each article, or one that reads the table, would grow with its square."""
    with archive.batch():
        for number in range(300):
            archive.put(Article(url=f"other/{number}", title="ع", body="\n".join(text(number, 8))))
        archive.put(replace(STORY, url="copy", body=edited(STORY.body, 2), date="2026-05-03"))
        archive.put(STORY)
    asked: list[str] = []
    archive.database._db.set_trace_callback(asked.append)
    update_stories(archive)
    archive.database._db.set_trace_callback(None)
    assert archive.stories() == {key_of("1"): [key_of("copy")]}
    plans = [
        plan
        for statement in asked
        if statement.startswith("select") and "stories" in statement
        for *_, plan in archive.database.rows(f"explain query plan {statement}")
    ]
    assert not [plan for plan in plans if plan == "SCAN stories"]
    inserted = [one for one in asked if one.startswith("insert into stories")]
    assert len(inserted) == 302
    assert len(asked) - len(inserted) < 50
