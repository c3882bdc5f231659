"""The pictures of the pages, made from the sample newspapers: nothing in them is real.

python docs/make_pictures.py [FOLDER]      writes docs/*.png; needs Chromium and chromedriver
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from flask import Flask  # noqa: E402 - not before the checkout can be imported
from flask.testing import FlaskClient  # noqa: E402

from crawl.sample.server import NAMES  # noqa: E402
from tests.browser import Browser, browser  # noqa: E402
from tests.newsroom import served  # noqa: E402
from tests.test_web_embedding import plain_site  # noqa: E402
from web import create_app  # noqa: E402
from web.serving.demo import DemoPaths, newspaper  # noqa: E402

STORY, EDITED = "السفير السلفاني", "«انقطاع المياه»"
# Copies are folded until somebody opens them.
UNFOLD = "document.querySelector('details.copies').open = true"
TO_CHANGES = "document.querySelector('.cite').scrollIntoView()"


# Another site's page with the widget in it; its style is its own.
PORTAL = """<!doctype html>
<html lang="ar" dir="rtl"><meta charset="utf-8"><title>بوابة المعهد</title>
<link rel="icon" href="data:,"><script src="{search}/embed.js" defer></script>
<style>
  :root {{ color-scheme: light dark; --bahith-accent: light-dark(#0b6e4f, #6fd3ae);
    --bahith-on-accent: light-dark(white, #10241d) }}
  body {{ font: 17px/1.6 "Noto Naskh Arabic", "Noto Sans Arabic", serif; margin: 0 }}
  header {{ background: #0b6e4f; color: white; padding: .8em 1.5em; font-size: 1.3em }}
  main {{ display: grid; grid-template-columns: 1fr 2fr; gap: 2em; padding: 1.5em }}
  aside {{ border-inline-end: 1px solid #8886; padding-inline-end: 1.5em }}
</style>
<header>بوابة المعهد</header>
<main><aside><h2>إعلانات</h2><p>تفتح المكتبة أبوابها من الثامنة إلى الرابعة.</p>
<p>موعد الندوة الأسبوعية يوم الثلاثاء.</p></aside>
<section><h2>من الأرشيف</h2>
<bahith-search q="{story}" limit="3" filters="source month"></bahith-search></section></main>
"""
ANSWERED = "document.querySelector('bahith-search')?.shadowRoot?.querySelector('[part=hit]')"


class Picture(NamedTuple):
    """A file, the address it shows, the size of the window, and what is done there first."""

    file: str
    address: str
    width: int = 1200
    height: int = 900
    dark: bool = False
    script: str = ""


def pictures(reader: FlaskClient) -> Iterator[Picture]:
    """All that are made."""
    story = reader.get(f"/api/search?fold=1&q={quote(STORY)}").get_json()["hits"]
    (edited,) = reader.get(f"/api/search?q={quote(EDITED)}").get_json()["hits"]
    picks = "".join(f"&pick={hit['id']}" for hit in story[:4])
    yield Picture("results.png", f"/search?q={STORY}", script=UNFOLD)
    changed = f"/article/{edited['id']}?q={EDITED}"
    yield Picture("article.png", changed, height=760, script=TO_CHANGES)
    yield Picture("coverage.png", "/coverage?q=السفير&q=السمك&q=السفن")
    yield Picture("english.png", f"/search?q={STORY}&lang=en", dark=True)
    yield Picture("phone.png", f"/search?q={STORY}", width=390, height=844)
    yield Picture("sheet.png", f"/sheet?q={STORY}{picks}", height=760)
    yield Picture("status.png", "/status", height=760)
    yield Picture("home.png", "/")
    yield Picture("empty.png", "/search?q=زرافة&literal=1", height=600)
    yield Picture("folded.png", f"/search?q={STORY}", height=600)


# Those that the documents show; the others are for whoever looks.
SHOWN = ("results.png", "article.png", "coverage.png", "english.png", "phone.png")


def main(folder: Path, *, everything: bool) -> None:
    """Crawl the sample, serve it, look at it."""
    with tempfile.TemporaryDirectory() as data:
        place = DemoPaths(Path(data) / "articles.db", f"whoosh:{data}/index")
        with newspaper(place), browser() as window:
            app = create_app(place.index_url, place.archive, outlets=NAMES)
            with served(app) as base:
                for one in pictures(app.test_client()):
                    if everything or one.file in SHOWN:
                        window.resize(one.width, one.height, dark=one.dark)
                        window.open(base + quote(one.address, safe="/?&="))
                        window.run(one.script)
                        window.picture(folder / one.file)
                show_widget(app, base, window, folder)


def show_widget(app: Flask, base: str, window: Browser, folder: Path) -> None:
    """The widget on another site's page, by day and by night."""
    with tempfile.TemporaryDirectory() as place, plain_site(Path(place)) as portal:
        app.config["BAHITH_ORIGINS"] = portal
        page = PORTAL.format(search=base, story=STORY)
        (Path(place) / "index.html").write_text(page, encoding="utf-8")
        for name in ("light", "dark"):
            window.resize(1000, 760, dark=name == "dark")
            window.open(portal)
            window.wait(ANSWERED)
            window.picture(folder / f"widget-{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HERE, everything=bool(sys.argv[1:]))
