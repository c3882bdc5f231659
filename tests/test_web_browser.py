"""The page in a real browser: what only a browser can say of type, width, keyboard and colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, browser, missing
from tests.newsroom import ARTICLES, VISIT_ID, application, fill, served

PAGES = ("/", "/search?q=السفير", "/search?q=زرافة", f"/article/{VISIT_ID}?q=السفير", "/nowhere")
SIZES = ((360, 740), (768, 1024), (1000, 700), (1280, 900))

# Relative luminance and contrast as WCAG 2.2 defines them (1.4.3).
CONTRAST = """
const light = (color) => {
  const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((v) => {
    const c = v / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    const band = style.backgroundImage.match(/rgb\\([^)]*\\)/);
    if (band) return band[0];
    if (!/^rgba\\(.*, 0\\)$/.test(style.backgroundColor)) return style.backgroundColor;
  }
  return "rgb(255, 255, 255)";
};
const weak = [];
for (const element of document.querySelectorAll("body *")) {
  const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  if (!own || !element.checkVisibility() || element.closest(".unseen, .skip")) continue;
  const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) weak.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
}
return weak;
"""

# The same text with its marks and without them, in the same box.
WIDTHS = """
return [...document.querySelectorAll(".snippet, .hit h2 a")].map((element) => {
  const bare = element.cloneNode();
  bare.textContent = element.textContent;
  for (const one of [element, bare]) one.style.display = "inline-block";
  for (const one of [element, bare]) one.style.whiteSpace = "nowrap";
  element.after(bare);
  const widths = [element, bare].map((one) => one.getBoundingClientRect().width);
  bare.remove();
  return [element.textContent, element.querySelectorAll("mark").length, ...widths];
});
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a newsroom served as `bahith serve` does."""
    folder: Path = tmp_path_factory.mktemp("newsroom")
    fill(folder, *ARTICLES)
    with served(application(folder)) as address:
        yield address


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    """A real browser."""
    if why := missing():
        pytest.skip(why)
    with browser() as opened:
        yield opened


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}px")
def test_no_page_is_wider_than_the_screen(
    window: Browser, base: str, page: str, size: tuple[int, int]
) -> None:
    """From a small phone to a desktop, nothing has to be scrolled sideways to."""
    window.resize(*size)
    window.open(base + page)
    assert window.run("return document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("page", PAGES)
def test_the_console_stays_silent(window: Browser, base: str, page: str) -> None:
    """No error, no warning, nothing that the content policy had to stop."""
    window.open("about:blank")
    window.complaints()
    window.open(base + page)
    expected = 1 if page == "/nowhere" else 0  # the browser itself remarks a 404
    assert len(window.complaints()) == expected


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_every_text_stands_out_from_its_ground(
    window: Browser, base: str, page: str, dark: bool
) -> None:
    """WCAG AA in both schemes, with the folds open."""
    window.resize(1280, 900, dark=dark)
    window.open(base + page)
    window.run("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert window.run(CONTRAST) == []


def test_a_mark_moves_no_letter(window: Browser, base: str) -> None:
    """Arabic letters join across it: the same text is as wide with marks as without."""
    window.resize(1280, 900)
    window.open(f"{base}/search?q=السفير الروسي الميناء")
    measured = window.run(WIDTHS)
    assert sum(marks for _, marks, _, _ in measured) > 3
    for text, _, with_marks, without in measured:
        # Chromium rounds each run to 1/64 px; a letter that loses its joined form costs pixels.
        assert with_marks == pytest.approx(without, abs=0.25), text


def test_slash_finds_the_box_from_anywhere(window: Browser, base: str) -> None:
    """One key, and what was asked is ready to be replaced; in the box it is a letter."""
    window.open(f"{base}/search?q=السفير")
    window.press("/")
    assert window.run("return document.activeElement.name") == "q"
    window.press("وزير/")
    assert window.run("return document.querySelector('#q').value") == "وزير/"


def test_the_box_completes_words_by_keyboard(window: Browser, base: str) -> None:
    """Suggestions come while typing; arrow and Enter take one."""
    window.open(f"{base}/search?q=القمح")
    window.press("/السف")
    assert window.wait("document.querySelectorAll('[role=option]').length") >= 1
    assert window.run("return document.querySelector('#q').getAttribute('aria-expanded')") == "true"
    window.press("\ue015")  # arrow down
    chosen = window.wait("document.querySelector('[role=option][aria-selected=true]')?.textContent")
    window.press("\ue007")  # enter
    window.wait("!location.search.includes(encodeURIComponent('القمح'))")
    assert window.wait("document.querySelector('#q')?.value") == chosen


def test_the_keyboard_sees_where_it_is(window: Browser, base: str) -> None:
    """The first Tab meets the skip link, in sight; every stop after it has an outline."""
    window.open(f"{base}/search?q=السفير")
    window.press("\ue004")  # tab
    skip = "document.querySelector('.skip')"
    assert window.run(f"return document.activeElement === {skip}")
    window.wait(f"{skip}.getBoundingClientRect().top >= 0")
    for _ in range(12):
        window.press("\ue004")
        seen = window.run(
            "const at = document.activeElement;"
            "const around = at.closest('.ask') ?? at;"
            "return [at, around].some((e) => getComputedStyle(e).outlineStyle !== 'none')"
        )
        assert seen, window.run("return document.activeElement.outerHTML")


def test_the_filters_are_a_column_on_a_desktop_and_a_fold_on_a_phone(
    window: Browser, base: str
) -> None:
    """One document serves both, without a script."""
    shown = "return document.querySelector('.group.source label').checkVisibility()"
    window.resize(1280, 900)
    window.open(f"{base}/search?q=السوق")
    assert window.run(shown)
    window.resize(390, 844)
    window.open(f"{base}/search?q=السوق")
    assert not window.run(shown)
    window.run("document.querySelector('.filters summary').click()")
    assert window.run(shown)
