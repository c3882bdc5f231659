// <bahith-search>: a search box and its results in any page. See docs/embedding.md.
"use strict";

(() => {
  // A page may load this twice, or as a module.
  if (customElements.get("bahith-search")) return;
  const { language, catalogs, names, facets } = {{ settings|tojson }};
  // The script knows where its search is: where it was loaded from.
  const script = document.currentScript ?? document.querySelector('script[src*="embed.js"]');
  const home = new URL(".", script.src);

  // Not a <style>: it works under a strict content policy. The system's colours follow the page's scheme.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; font: inherit; color: inherit; }
    form { display: flex; gap: .4em; }
    input { flex: 1; min-width: 0; padding: .4em .7em; border: 1px solid currentColor; border-radius: .4em; font: inherit; background: transparent; color: inherit; }
    button { padding: .4em 1.1em; border: 0; border-radius: .4em; font: inherit; cursor: pointer; background: var(--bahith-accent, ButtonFace); color: var(--bahith-on-accent, ButtonText); }
    ol { list-style: none; margin: 1em 0 0; padding: 0; }
    li + li { margin-block-start: 1em; }
    h3 { margin: 0; font-size: 1.1em; }
    p { margin: .1em 0; line-height: 1.8; }
    a { color: var(--bahith-accent, LinkText); text-decoration: none; }
    a:hover { text-decoration: underline; }
    small { opacity: .8; }
    .filters { display: flex; flex-wrap: wrap; gap: .4em; margin-block-start: .5em; }
    select { font: inherit; max-inline-size: 100%; }
    .note { margin-block-start: .6em; }
    ol + * { margin-block-start: 1em; margin-inline-end: 1em; }
    .note button { padding: 0; background: none; color: var(--bahith-accent, LinkText); text-decoration: underline; }
    mark { background: var(--bahith-mark, color-mix(in srgb, gold 40%, transparent)); color: var(--bahith-on-mark, CanvasText); }
  `);

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function written(date, locale) {
    const [year, month, day] = date.slice(0, 10).split("-").map(Number);
    return new Date(year, month - 1, day).toLocaleDateString(locale, { dateStyle: "long" });
  }

  const said = (sentence, value) => sentence.replace("{}", () => value);

  // Spans count code points; a JavaScript string counts UTF-16 units.
  function marked(text, marks) {
    const letters = Array.from(text);
    const parts = [];
    let end = 0;
    for (const [start, stop] of marks) {
      parts.push(letters.slice(end, start).join(""));
      parts.push(element("mark", {}, letters.slice(start, stop).join("")));
      end = stop;
    }
    return [...parts, letters.slice(end).join("")];
  }

  // Only web addresses become links; anything else leads to the stored copy.
  function target(hit, query) {
    const stored = new URL(`article/${encodeURIComponent(hit.id)}?q=${encodeURIComponent(query)}`, home).href;
    try {
      const url = new URL(hit.url);
      return url.protocol === "http:" || url.protocol === "https:" ? url.href : stored;
    } catch {
      return stored;
    }
  }

  class BahithSearch extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      this.catalog = catalogs[this.getAttribute("lang")] ?? catalogs[language];
      this.locale = `${this.catalog.code}-u-ca-gregory-nu-${this.catalog.digits}`;
      const { strings, direction, code } = this.catalog;
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.words = element("datalist", { id: "words" });
      this.box = element("input", { type: "search", name: "q", dir: "auto", autocomplete: "off", placeholder: this.getAttribute("placeholder") ?? strings.placeholder });
      this.box.setAttribute("part", "box");
      this.box.setAttribute("list", "words");
      this.box.setAttribute("aria-label", strings.label);
      this.box.addEventListener("input", () => this.complete());
      this.filters = element("div", { className: "filters", dir: direction });
      this.list = element("div", { dir: direction });
      this.list.setAttribute("part", "list");
      this.list.setAttribute("aria-live", "polite");
      const button = this.part("button", "button", {}, strings.button);
      const form = element("form", { dir: direction, lang: code }, this.box, this.words, button);
      form.role = "search";
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.search(this.box.value);
      });
      root.append(form, this.filters, this.list);
      const asked = this.getAttribute("q");
      if (asked) {
        this.box.value = asked;
        this.search(asked);
      }
    }

    part(name, part, properties, ...children) {
      const made = element(name, properties, ...children);
      made.setAttribute("part", part);
      return made;
    }

    arguments(query) {
      const asked = new URLSearchParams({ q: query });
      if (this.catalog.code !== language) asked.set("lang", this.catalog.code);
      for (const name of names) {
        if (this.hasAttribute(name)) asked.set(name, this.getAttribute(name));
      }
      if (!asked.has("fold")) asked.set("fold", "1");
      for (const choice of this.filters.children) {
        if (choice.value) asked.set(choice.name, choice.value);
      }
      return asked;
    }

    // A key goes in a header, never in an address.
    async ask(path) {
      const key = this.getAttribute("key");
      const response = await fetch(new URL(path, home), key ? { headers: { Authorization: `Bearer ${key}` } } : {});
      if (!response.ok) throw new Error(response.status);
      return response.json();
    }

    async complete() {
      const typed = this.box.value;
      if (!typed.trim()) return;
      try {
        const [, found] = await this.ask(`api/suggest?${new URLSearchParams({ q: typed })}`);
        if (typed === this.box.value) this.words.replaceChildren(...found.map((value) => element("option", { value })));
      } catch {
        this.words.replaceChildren();
      }
    }

    async search(query, { literal = false } = {}) {
      this.box.value = query;
      if (!query.trim()) return this.list.replaceChildren();
      const asked = this.arguments(query);
      if (literal) asked.set("literal", "1");
      const turn = (this.turn = (this.turn ?? 0) + 1);
      let shows;
      try {
        const results = await this.ask(`api/search?${asked}`);
        if (turn !== this.turn) return;
        shows = this.answer(results, asked);
        this.offer(results.facets);
        this.tell("bahith-search", { query, total: results.total });
      } catch {
        shows = [this.part("p", "note", { className: "note" }, this.catalog.strings.failed)];
      }
      if (turn === this.turn) this.list.replaceChildren(...shows);
    }

    // What the page says: a correction, what was left out, the hits, the next ones, the way to all.
    answer(results, asked) {
      const { strings } = this.catalog;
      const hits = this.part("ol", "hits", {}, ...results.hits.map((hit) => this.shown(hit, results.query)));
      const count = results.total.toLocaleString(this.locale);
      const all = this.part("a", "all", { href: new URL(`search?${asked}`, home).href }, `${strings.all} (${count})`);
      const notes = results.notes.map((note) => this.part("p", "note", { className: "note" }, note));
      const found = results.hits.length ? [hits, ...this.more(results, asked, hits), all] : [this.part("p", "note", { className: "note" }, strings.none)];
      return [...this.corrected(results), ...notes, ...found];
    }

    corrected({ query, suggestion }) {
      if (!suggestion) return [];
      const { strings } = this.catalog;
      const again = (text, asked, how) => {
        const made = this.part("button", "correction", { type: "button" }, text);
        made.addEventListener("click", () => this.search(asked, how));
        return made;
      };
      const shows = suggestion.applied
        ? [`${said(strings.used, suggestion.query)} `, again(said(strings.undo, query), query, { literal: true })]
        : [again(said(strings.offer, suggestion.query), suggestion.query, {})];
      return [this.part("p", "note", { className: "note" }, ...shows)];
    }

    more(results, asked, hits) {
      if (results.page.number >= results.page.pages) return [];
      const made = this.part("button", "more", { type: "button" }, this.catalog.strings.more);
      made.addEventListener("click", async () => {
        const next = new URLSearchParams(asked);
        next.set("page", results.page.number + 1);
        try {
          const more = await this.ask(`api/search?${next}`);
          hits.append(...more.hits.map((hit) => this.shown(hit, results.query)));
          made.replaceWith(...this.more(more, asked, hits));
        } catch {
          made.replaceWith(this.catalog.strings.failed);
        }
      });
      return [made];
    }

    // The filters that the attribute names, such as filters="source month"; a choice stays.
    offer(counts) {
      const wanted = (this.getAttribute("filters") ?? "").split(/\s+/).filter((name) => facets.includes(name));
      const chosen = Object.fromEntries([...this.filters.children].map((one) => [one.name, one.value]));
      this.filters.replaceChildren(...wanted.map((name) => {
        const label = this.catalog.facets[name];
        const made = this.part("select", "filter", { name }, new Option(label, ""));
        for (const [value, count] of counts[name] ?? []) made.append(new Option(`${value} (${count.toLocaleString(this.locale)})`, value));
        made.setAttribute("aria-label", label);
        made.value = chosen[name] ?? "";
        made.addEventListener("change", () => this.search(this.box.value));
        return made;
      }));
    }

    shown(hit, query) {
      const title = hit.title ? marked(hit.title, hit.title_marks) : [this.catalog.strings.untitled];
      const link = this.part("a", "title", { href: target(hit, query) }, ...title);
      link.addEventListener("click", (event) => {
        if (!this.tell("bahith-open", { id: hit.id, url: hit.url, query })) event.preventDefault();
      });
      return this.part("li", "hit", { dir: "auto" },
        element("h3", {}, link),
        this.part("small", "facts", {}, this.facts(hit)),
        this.part("p", "snippet", {}, ...marked(hit.snippet.text, hit.snippet.marks)),
        ...this.lacking(hit), ...this.copies(hit, query));
    }

    facts({ source, date }) {
      return [source, date && written(date, this.locale)].filter(Boolean).join(" · ");
    }

    lacking({ missing }) {
      if (!missing.length) return [];
      const words = missing.flatMap((word) => [" ", element("s", {}, element("bdi", {}, word))]);
      return [this.part("small", "missing", {}, this.catalog.strings.missing, ...words)];
    }

    copies({ copies, copies_total: total }, query) {
      if (!total) return [];
      const lines = copies.map((copy) => element("li", { dir: "auto" },
        element("a", { href: target(copy, query) }, copy.title || this.catalog.strings.untitled),
        " ", this.facts(copy)));
      const count = `${this.catalog.strings.copies} (${total.toLocaleString(this.locale)})`;
      return [this.part("details", "copies", {}, element("summary", {}, count), element("ul", {}, ...lines))];
    }

    tell(name, detail) {
      return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
    }
  }

  customElements.define("bahith-search", BahithSearch);
})();
