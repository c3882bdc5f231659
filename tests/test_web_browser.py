"""The page in a real browser: what only a browser can say of type, width, keyboard and colour."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from tests.browser import Browser, browser, missing
from tests.newsroom import ARTICLES, VISIT, VISIT_ID, application, fill, served

PAGES = (
    "/",
    "/help",
    "/search?q=السفير&source=الساحل",
    "/search?q=زرافة",
    f"/article/{VISIT_ID}?q=السفير",
    "/search?q=السوق",
    "/coverage?q=السوق&q=السفير",
    f"/sheet?q=السفير&pick={VISIT_ID}",
    "/status",
    "/nowhere",
)
SIZES = ((320, 640), (390, 844), (768, 1024), (1280, 900))
MODES = ((False, ""), (True, ""), (False, "lang=en"))

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

VIOLATIONS = """
return axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`));
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


@pytest.mark.parametrize(("dark", "language"), MODES, ids=["light", "dark", "english"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_can_be_read_by_all(
    window: Browser, base: str, page: str, dark: bool, language: str
) -> None:
    """Contrast of WCAG AA and what axe knows to look for, with the folds open."""
    axe = pytest.importorskip("axe_core_python")
    window.resize(1280, 900, dark=dark)
    window.open(f"{base}{page}{'&' if '?' in page else '?'}{language}")
    window.run("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert window.run(CONTRAST) == []
    window.run(resources.files(axe).joinpath("axe.min.js").read_text("utf-8"))
    assert window.run(VIOLATIONS) == []


def test_no_page_bursts_where_letters_are_twice_as_large(window: Browser, base: str) -> None:
    """WCAG 1.4.4: nothing has to be scrolled sideways to on a laptop."""
    window.resize(1280, 900)
    for page in PAGES:
        window.open(base + page)
        window.run("document.documentElement.style.fontSize = '200%'")
        assert window.run("return document.documentElement.scrollWidth") <= 1280, page


def test_a_date_in_a_sentence_is_shown_as_it_is_typed(window: Browser, base: str) -> None:
    """The note that teaches how to write a day shows the day before the year, left to right."""
    window.resize(1280, 900)
    window.open(f"{base}/search?q=السفير&since=قريبًا")
    left = (
        "const node = document.querySelector('.notes li').firstChild;"
        "return arguments[0].map((part) => { const at = node.data.indexOf(part);"
        "const range = document.createRange(); range.setStart(node, at);"
        "range.setEnd(node, at + part.length); return range.getBoundingClientRect().left; })"
    )
    places = window.run(left, ["15/", "8/", "2015"])
    assert places == sorted(places)


def test_the_filters_come_first_for_eye_and_keyboard_alike(window: Browser, base: str) -> None:
    """The column where reading begins is the one that Tab meets first."""
    window.resize(1280, 900)
    for language, side, first in (("ar", "right", max), ("en", "left", min)):
        window.open(f"{base}/search?q=السوق&lang={language}")
        filters, answers = (
            window.run(f"return document.querySelector('{one}').getBoundingClientRect().{side}")
            for one in (".filters", ".answers")
        )
        assert first(filters, answers) == filters
        order = "return !!(document.querySelector('.filters').compareDocumentPosition("
        assert window.run(order + "document.querySelector('.answers')) & 4)")


def test_a_printed_list_says_what_it_is_and_of_which_day(window: Browser, base: str) -> None:
    """The question, the number of results and the day; no box, no filters, no buttons."""
    window.open(f"{base}/search?q=السوق")
    window.on_paper()
    shown = "return document.querySelector('{}').checkVisibility()"
    for part in ("h1", ".total", ".printed", ".hit"):
        assert window.run(shown.format(part)), part
    for part in (".ask", ".filters", ".sort", ".pages", ".take", ".display"):
        assert not window.run(shown.format(part)), part
    window.resize(1280, 900)


def test_a_press_sheet_prints_clean(window: Browser, base: str) -> None:
    """Headlines with their addresses, sources and days; no box, button or way back."""
    window.resize(794, 1123)
    window.open(f"{base}/sheet?q=السفير&pick={VISIT_ID}")
    window.on_paper()
    shown = "[...document.querySelectorAll('form, nav, button')].filter((e) => e.checkVisibility())"
    assert window.run(f"return {shown}.length") == 0
    text = window.run("return document.querySelector('main').innerText")
    assert VISIT.title in text
    assert VISIT.source in text
    address = "return getComputedStyle(document.querySelector('.hit h2 a'), '::after').content"
    assert "attr(href)" in (shown := window.run(address)) or VISIT.url in shown
    window.resize(1280, 900)


def test_a_mark_moves_no_letter(window: Browser, base: str) -> None:
    """Arabic letters join across it: the same text is as wide with marks as without."""
    window.resize(1280, 900)
    window.open(f"{base}/search?q=السفير الروسي الميناء")
    measured = window.run(WIDTHS)
    assert sum(marks for _, marks, _, _ in measured) > 3
    for text, _, with_marks, without in measured:
        # Chromium rounds each run to 1/64 px; a letter that loses its joined form costs pixels.
        assert with_marks == pytest.approx(without, abs=0.25), text


def test_marks_are_stepped_through_with_their_number(window: Browser, base: str) -> None:
    """From the last on to the first; the one that is reached is told from the others."""
    window.resize(1280, 900)
    window.open(f"{base}/article/{VISIT_ID}?q=السفير")
    bare = "document.querySelector('.stepper output').textContent.replace(/[\\u2066\\u2069]/g, '')"
    total = window.run("return document.querySelectorAll('.body mark').length")
    assert total > 1
    seen = []
    for _ in range(total + 1):
        window.run("document.querySelector('.stepper button:last-child').click()")
        seen.append(window.run(f"return {bare}"))
    words = "٠١٢٣٤٥٦٧٨٩"
    assert seen == [f"{words[n % total + 1]}/{words[total]}" for n in range(total + 1)]
    assert window.run("return document.querySelectorAll('mark.here').length") == 1


def test_slash_finds_the_box_from_anywhere(window: Browser, base: str) -> None:
    """By its place, on any keyboard: ظ stands there on an Arabic one; in the box it is a letter."""
    for code, letter, control in (
        ("Slash", "/", False),
        ("Slash", "ظ", False),
        ("KeyK", "ن", True),
    ):
        window.open(f"{base}/search?q=السفير")
        window.strike(code, letter, control=control)
        assert window.run("return document.activeElement.name") == "q", letter
    window.press("وزير/")
    assert window.run("return document.querySelector('#q').value") == "وزير/"


def test_a_search_leaves_no_empty_fields_in_the_address(window: Browser, base: str) -> None:
    """A form sends what was filled in; without the script the rest is empty, and harmless."""
    window.resize(1280, 900)
    window.open(f"{base}/search?q=السوق")
    window.run("document.querySelector('.group.source input').click()")
    window.run("document.querySelector('.group.source button').click()")
    window.wait("location.search.includes('source=')")
    assert "since" not in window.run("return location.search")
    assert window.run("return document.querySelectorAll('.active li').length") == 1


def test_a_filter_narrows_its_values_as_one_types(window: Browser, base: str) -> None:
    """Those that hold the letters stay, and those that are ticked."""
    window.resize(1280, 900)
    window.open(f"{base}/search?find.source=ا")
    seen = (
        "return [...document.querySelectorAll('.group.source label')]"
        ".filter((label) => label.checkVisibility()).map((label) => label.innerText.trim())"
    )
    before = window.run(seen)
    window.run("document.querySelector('.group.source .find').select()")
    window.press("ساحل")
    after = window.run(seen)
    assert len(after) < len(before)
    assert all("الساحل" in label for label in after)


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


def test_a_click_on_a_bar_narrows_the_list_to_its_days(window: Browser, base: str) -> None:
    """And the number under the pointer is the number of hits that then stand there."""
    window.resize(1280, 900)
    window.open(f"{base}/search?q=السوق")
    told = window.run(
        "const bars = [...document.querySelectorAll('.cells button')];"
        "const bar = bars.find((one) => / [^٠]/.test(one.title.split(':')[1]));"
        "const box = bar.getBoundingClientRect();"
        "document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).click();"
        "return bar.title.split(': ')[1];"
    )
    window.wait("document.querySelector('.active') !== null")
    assert told in window.run("return document.querySelector('.total').textContent")
