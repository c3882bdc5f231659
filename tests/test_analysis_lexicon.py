"""The lexicon's cache: made once, whole, and never in the way."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from index.analysis import version
from index.analysis.lexicon.cache import _opened, cache_folder
from index.analysis.lexicon.mapped import LexiconFile, MappedTable, lines, packed
from tests import golden_forms

SCRIPT = "from index.analysis import forms, version; print(forms('الوزراء')[1], version())"
# Dictionaries of one word: what becomes of the file is the same, and the real ones take 12 s.
ONE_WORD = """
from index.analysis.lexicon import compile
compile.compile_table = lambda: {"وزراء": (("وزراء", 32, "وزير", 5, "plural"),)}
"""


def run(cache: Path, script: str = SCRIPT, **more: str) -> subprocess.Popen[str]:
    """Another Python process with a cache folder of its own, and one for temporary files."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache), "TMPDIR": str(cache)} | more
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_table_is_compiled_as_its_version_number_says(tmp_path: Path) -> None:
    """From the dictionaries as installed; the next process loads it and says nothing."""
    out, err = run(tmp_path).communicate()
    assert out == f"وزير {version()}\n"
    assert "lexicon" in err
    (cached,) = (tmp_path / "bahith").iterdir()
    first, _ = golden_forms.golden()
    if golden_forms.numbers("").split("\t")[2:-1] == first.split("\t")[2:-1]:
        table = dict(_opened(LexiconFile.open(cached)).stems.items())
        assert golden_forms.digest(table) == first.split("\t")[-1], "raise LEXICON_VERSION"
    assert run(tmp_path).communicate() == (out, "")


def test_two_processes_may_compile_at_once_and_a_third_loads(tmp_path: Path) -> None:
    """Each writes the whole file and renames it."""
    both = [run(tmp_path, ONE_WORD + SCRIPT) for _ in range(2)]
    answers = [process.communicate() for process in both]
    assert {out for out, _ in answers} == {f"وزير {version()}\n"}
    assert len(list((tmp_path / "bahith").iterdir())) == 1
    out, err = run(tmp_path).communicate()
    assert out.startswith("وزير")
    assert err == ""


def test_where_the_cache_folder_cannot_be_written_a_private_one_serves(tmp_path: Path) -> None:
    """A read-only home costs one compilation, too, and no more."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    made = run(blocked, ONE_WORD + SCRIPT, TMPDIR=str(tmp_path))
    assert made.communicate()[0].startswith("وزير")
    out, err = run(blocked, TMPDIR=str(tmp_path)).communicate()
    assert out.startswith("وزير")
    assert err == ""


def test_a_damaged_cache_is_made_again(tmp_path: Path) -> None:
    """Half a file is no lexicon."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    run(tmp_path, ONE_WORD + SCRIPT, TMPDIR=str(temporary)).communicate()
    (cached,) = (tmp_path / "bahith").iterdir()
    whole = cached.read_bytes()
    cached.write_bytes(whole[: len(whole) // 2])
    out, err = run(tmp_path, ONE_WORD + SCRIPT, TMPDIR=str(temporary)).communicate()
    assert out.startswith("وزير")
    assert "lexicon" in err
    assert run(tmp_path, TMPDIR=str(temporary)).communicate()[1] == ""


def test_the_word_file_is_part_of_the_version(tmp_path: Path) -> None:
    """An index built with other words of the user's asks to be built again."""
    words = tmp_path / "words.txt"
    words.write_text("protect وزراء, الوزراء\n", encoding="utf-8")
    out, _ = run(cache_folder().parent, BAHITH_WORDS=str(words)).communicate()
    lemma, other = out.split()
    assert lemma == "الوزراء"
    assert other != version()


def test_joined_words_and_synonyms_reach_every_form(tmp_path: Path) -> None:
    """A joined word's inflections get the other's lemma; synonyms are found by any form."""
    words = tmp_path / "words.txt"
    words.write_text("join زقزوقي مطار\nsynonym سيارة, مركبة\n", encoding="utf-8")
    script = (
        "from index.analysis import forms; from searcher.explain import explain;"
        "print(forms('والزقزوقية')[1], explain('السيارة', 'وصلت المركبات').words[0].why)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"BAHITH_WORDS": str(words)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["مطار", "synonym"]


def test_a_bad_word_file_is_named_with_its_line(tmp_path: Path) -> None:
    """The message says which line is no rule."""
    words = tmp_path / "words.txt"
    words.write_text("protect داعش\njoin واحد\n", encoding="utf-8")
    process = run(tmp_path, BAHITH_WORDS=str(words))
    _, err = process.communicate()
    assert process.returncode
    assert "line 2" in err


def test_importing_the_analysis_loads_no_lexicon() -> None:
    """The dictionaries' packages stay out until they are compiled."""
    script = "import index.analysis, sys; print({'simplemma', 'arramooz'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_a_table_loaded_whole_answers_as_one_that_is_looked_up() -> None:
    """Every key, keys that are not there, and keys whose hashes meet in one place."""
    rows = {f"كلمة{number}": lines([(number, "س"), (number * 2, "ص")]) for number in range(700)}
    file = LexiconFile(packed({"words": rows, "none": {}}))
    looked_up, loaded = (MappedTable(file, "words", tuple) for _ in range(2))
    loaded.load()
    for key in [*rows, "", "كلمة", "كلمة701", "\ud800"]:
        expected = tuple(rows[key]) if key in rows else None
        assert looked_up.get(key) == loaded.get(key) == expected
    assert MappedTable(file, "none", tuple).get("س") is None


def test_a_lexicon_file_runs_nothing_and_is_refused_when_it_is_none() -> None:
    """Whatever lies in its place: a pickle, half of it, a directory that lies."""
    whole = packed({"words": {"س": ["1"]}})
    for data in (b"", pickle.dumps(print), whole[:-1], whole[:40], whole + b"\0"):
        with pytest.raises(ValueError, match=r"lexicon|JSON|Expecting"):
            LexiconFile(data)
