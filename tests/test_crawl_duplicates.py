"""Copies of one story are found, the earliest is named, and strangers stay apart."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from crawl import Archive, Article, key_of
from crawl.archive.near_duplicates import SIZE, group, signature, update_clusters
from tests.hostile_server import text

STORY = Article(url="1", title="خبر", body="\n".join(text("story", 30)), date="2026-05-02")


def edited(body: str, seed: int) -> str:
    """The lead cut, a fifth of the sentences dropped, the rest in another order, a line added."""
    dice = random.Random(seed)
    sentences = body.replace("\n", " ").split(". ")[1:]
    kept = [sentence for sentence in sentences if dice.random() > 0.2]
    dice.shuffle(kept)
    return "\n".join(["(وكالات)", *(sentence + "." for sentence in kept)])


def test_edited_copies_are_found_under_the_earliest(archive: Archive) -> None:
    """Whatever the order of arrival, the first date is the original."""
    for number in range(20):
        archive.put(Article(url=f"other/{number}", title="ع", body="\n".join(text(number, 30))))
    archive.put(replace(STORY, url="2", body=edited(STORY.body, 2), date="2026-05-03"))
    archive.put(replace(STORY, url="3", body=edited(STORY.body, 3), date=""))
    archive.put(STORY)
    assert update_clusters(archive) == 1
    assert archive.clusters() == {key_of("1"): sorted([key_of("2"), key_of("3")])}
    assert archive.original(key_of("3")) == key_of("1")
    assert archive.original(key_of("other/1")) == key_of("other/1")


def test_an_update_takes_in_what_changed(archive: Archive) -> None:
    """A copy that is rewritten or removed leaves its cluster."""
    copies = [replace(STORY, url=str(number)) for number in (1, 2, 3)]
    for copy in copies:
        archive.put(copy)
    update_clusters(archive)
    archive.put(replace(copies[1], body="\n".join(text("new", 30))))
    assert update_clusters(archive) == 1
    assert archive.clusters() == {key_of("1"): [key_of("3")]}
    archive.remove(key_of("3"))
    assert update_clusters(archive) == 0
    assert archive.clusters() == {}


def test_spelling_does_not_hide_a_copy() -> None:
    """Vowel marks, hamzas, ta marbuta and tatweel are not what a copy is made of."""
    plain = STORY.body
    changed = plain.replace("أ", "ا").replace("ة", "ه").replace("م", "م\u064e").replace("ال", "الـ")
    one, other = signature(plain), signature(changed)
    assert one is not None
    assert other is not None
    assert np.mean(one == other) == 1.0


def test_texts_too_short_to_tell_are_left_alone(archive: Archive) -> None:
    """Empty bodies and single lines are no copies of one another."""
    assert signature("") is None
    for number in range(3):
        archive.put(Article(url=str(number), title="عنوان", body="نشرة الأخبار"))
    assert update_clusters(archive) == 0


def test_chains_of_copies_are_one_cluster() -> None:
    """A copy of a copy belongs to the first; rows that share nothing stand alone."""
    dice = np.random.default_rng(1)
    rows = dice.integers(0, 2**32, (4, SIZE), dtype=np.uint32)
    rows[2, : SIZE // 2] = rows[0, : SIZE // 2]
    rows[3, SIZE // 2 :] = rows[2, SIZE // 2 :]
    assert group(rows).tolist() == [0, 1, 0, 0]
    assert group(rows[:0]).tolist() == []


def test_nothing_to_compare_is_no_error(archive: Archive) -> None:
    """An empty archive has no clusters."""
    assert update_clusters(archive) == 0
