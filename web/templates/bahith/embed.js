// <bahith-search>: a search box and its results in any page. See docs/embedding.md.
//   <script src="https://search.example/embed.js" defer></script>
//   <bahith-search limit="5" source="…" q="…"></bahith-search>
"use strict";

(() => {
  const { language, digits, direction, strings, names } = {{ settings|tojson }};
  // The script knows where its search is: where it was loaded from.
  const home = new URL(".", document.currentScript.src);

  // An adopted sheet, not a <style>: it works under a page's strict content policy. The system's
  // colours follow the page's own scheme, light or dark.
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
    mark { background: var(--bahith-mark, color-mix(in srgb, gold 40%, transparent)); color: var(--bahith-on-mark, CanvasText); }
  `);

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const locale = `${language}-u-ca-gregory-nu-${digits}`;

  function written(date) {
    const [year, month, day] = date.slice(0, 10).split("-").map(Number);
    return new Date(year, month - 1, day).toLocaleDateString(locale, { dateStyle: "long" });
  }

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

  function shown(hit, query) {
    const title = hit.title ? marked(hit.title, hit.title_marks) : [strings.untitled];
    const facts = [hit.source, hit.date && written(hit.date)].filter(Boolean).join(" · ");
    return element("li", { dir: "auto" },
      element("h3", {}, element("a", { href: target(hit, query) }, ...title)),
      element("small", {}, facts),
      element("p", {}, ...marked(hit.snippet.text, hit.snippet.marks)));
  }

  class BahithSearch extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.box = element("input", { type: "search", name: "q", dir: "auto", placeholder: this.getAttribute("placeholder") ?? strings.placeholder });
      this.box.setAttribute("aria-label", strings.label);
      this.list = element("div", {});
      this.list.setAttribute("aria-live", "polite");
      const form = element("form", { dir: direction, lang: language }, this.box, element("button", {}, strings.button));
      form.role = "search";
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.search(this.box.value);
      });
      root.append(form, this.list);
      const asked = this.getAttribute("q");
      if (asked) {
        this.box.value = asked;
        this.search(asked);
      }
    }

    arguments(query) {
      const said = new URLSearchParams({ q: query });
      for (const name of names) {
        if (this.hasAttribute(name)) said.set(name, this.getAttribute(name));
      }
      return said;
    }

    async search(query) {
      if (!query.trim()) return this.list.replaceChildren();
      const turn = (this.turn = (this.turn ?? 0) + 1);
      const said = this.arguments(query);
      let shows;
      try {
        const response = await fetch(new URL(`api/search?${said}`, home));
        if (!response.ok) throw new Error(response.status);
        const results = await response.json();
        const everything = element("a", { href: new URL(`search?${said}`, home).href }, `${strings.all} (${results.total.toLocaleString(locale)})`);
        const hits = element("ol", { dir: direction }, ...results.hits.map((hit) => shown(hit, query)));
        shows = results.hits.length ? [hits, everything] : [element("p", { dir: direction }, strings.none)];
      } catch {
        shows = [element("p", { dir: direction }, strings.failed)];
      }
      if (turn === this.turn) this.list.replaceChildren(...shows);
    }
  }

  customElements.define("bahith-search", BahithSearch);
})();
