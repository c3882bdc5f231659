// What the page does beyond its links and forms: keys find the box, the box completes words, filters
// narrow as one types, empty fields stay out of addresses, marks are stepped through.
// Everything works without this file.
"use strict";

const form = document.querySelector(".ask");
const box = form?.querySelector("input[type=search]");
const PAUSE = 120; // milliseconds of quiet before asking, so that fast typing asks once

// The key's place, not its letter: on an Arabic keyboard the slash's key writes ظ.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  const slash = !writing && bare && (event.code === "Slash" || event.key === "/");
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === "KeyK";
  if (!box || !(slash || command)) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// An address says what was asked, not which fields were left empty.
document.addEventListener("submit", (event) => {
  for (const field of event.target.querySelectorAll("input[name]")) field.disabled = field.value === "";
  setTimeout(() => event.target.querySelectorAll("input[name]").forEach((field) => { field.disabled = false; }));
});

// Values of a filter that hold what is being typed; the server finds those that are not listed.
for (const field of document.querySelectorAll(".find")) {
  field.addEventListener("input", () => {
    const wanted = field.value.trim();
    for (const choice of field.closest(".group").querySelectorAll("label")) {
      choice.hidden = !choice.querySelector("input").checked && !choice.textContent.includes(wanted);
    }
  });
}

// From mark to mark of an article, with the number of the one that is reached: ٣/١٢.
const steps = document.querySelector(".marks");
const marks = [...document.querySelectorAll(".body mark[id]")];
if (steps && marks.length > 1) {
  const digits = new Intl.NumberFormat("en", { numberingSystem: steps.dataset.digits, useGrouping: false });
  const count = document.createElement("output");
  let at = -1;
  const show = () => { count.textContent = `\u2066${digits.format(at + 1)}/${digits.format(marks.length)}\u2069`; };
  const step = (by) => {
    at = (at + by + marks.length) % marks.length;
    marks.forEach((mark, place) => mark.classList.toggle("here", place === at));
    marks[at].scrollIntoView({ block: "center" });
    show();
  };
  const button = (name, sign, by) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", () => step(at < 0 && by < 0 ? 0 : by));
    return made;
  };
  steps.replaceChildren(button(steps.dataset.previous, "↑", -1), count, button(steps.dataset.next, "↓", 1));
  steps.classList.add("stepper");
  show();
}

// «Updated» as a distance from now; the server's words stay where the browser has none.
for (const time of document.querySelectorAll("time.ago")) {
  const seconds = (Date.now() - Date.parse(time.dateTime)) / 1000;
  const units = [["day", 86400], ["hour", 3600], ["minute", 60]];
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? ["minute", 60];
  if (!(seconds >= 0)) continue;
  time.title = time.textContent;
  const locale = `${document.documentElement.lang}-u-nu-${/[٠-٩]/.test(time.textContent) ? "arab" : "latn"}`;
  time.textContent = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-Math.floor(seconds / size), unit);
}

// A combobox with a list, as the WAI-ARIA practices describe it.
function complete(box, address) {
  const list = document.createElement("ul");
  let chosen = -1;
  let timer = 0;
  let latest = 0;
  list.id = "completions";
  list.role = "listbox";
  list.hidden = true;
  box.role = "combobox";
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.form.append(list);

  function close() {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function show(words) {
    list.replaceChildren(...words.map((word, place) => {
      const item = document.createElement("li");
      item.id = `completion-${place}`;
      item.role = "option";
      item.dir = "auto";
      item.textContent = word;
      return item;
    }));
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = words.length === 0;
    box.setAttribute("aria-expanded", String(words.length > 0));
  }

  function choose(place) {
    const items = [...list.children];
    chosen = (place + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    box.setAttribute("aria-activedescendant", items[chosen].id);
  }

  async function ask() {
    const typed = box.value;
    const turn = ++latest;
    if (!typed.trim()) return close();
    try {
      const response = await fetch(`${address}?q=${encodeURIComponent(typed)}`);
      const [, words] = response.ok ? await response.json() : [typed, []];
      // A slower answer to what was typed earlier must not replace a later one.
      if (turn === latest && document.activeElement === box) show(words.filter((word) => word !== typed));
    } catch {
      close();
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) box.value = list.children[chosen].textContent;
    else return;
    if (event.key === "Enter") return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    event.preventDefault();
    box.value = item.textContent;
    box.form.requestSubmit();
  });
  box.addEventListener("blur", close);
}

if (box) complete(box, form.dataset.suggest);
