// SPDX-License-Identifier: GPL-2.0-or-later
// What was said and what happened, oldest first. What stands there stays when the ticket is asked for again; only what is new
// is made, at its place.
import { bodyOf } from "./body.js";
import { element, icon } from "./dom.js";
import { eventItem, namesIn } from "./events.js";
import { fileItem, isPicture, picture } from "./files.js";
import { dated, time } from "./time.js";

const KINDS = { M: ["message", "wrote"], R: ["response", "answered"], N: ["note", "noted"] };
const SOURCES = { Email: "by e-mail", Phone: "by phone", API: "by API", Web: "on the web" };

// A text that is wider than its place (a table) is moved by the keyboard, too.
const widths = new ResizeObserver((texts) => {
  for (const { target } of texts) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

export class Thread {
  // `open` is the ticket, whose end `signal` is.
  constructor(open, signal) {
    this.open = open;
    this.signal = signal;
    this.items = new Map(); // "entry:12": its <li>
    this.element = element("ol", { class: "thread", "aria-label": "Thread" });
    this.first = true;
  }

  fill({ ticket, entries, events = [], attachments }) {
    const names = namesIn({ ticket, entries });
    const wanted = [
      ...entries.map((entry) => ({ key: `entry:${entry.id}`, at: entry.created, rank: 1, id: entry.id, make: () => this.entry(entry, ticket, attachments) })),
      ...events.map((event) => ({ key: `event:${event.id}:${event.annulled}`, at: event.at, rank: event.name === "created" ? 0 : 2, id: event.id, make: () => eventItem(event, names) })),
    ].sort((a, b) => (a.at ?? "").localeCompare(b.at ?? "") || a.rank - b.rank || a.id - b.id);
    const items = wanted.map((one) => this.items.get(one.key) ?? this.fresh(one.make()));
    this.items = new Map(wanted.map((one, place) => [one.key, items[place]]));
    items.forEach((item, place) => { if (this.element.children[place] !== item) this.element.insertBefore(item, this.element.children[place] ?? null); });
    while (this.element.children.length > items.length) this.element.lastElementChild.remove();
    this.first = false;
  }

  fresh(item) {
    if (!this.first) item.classList.add("fresh");
    return item;
  }

  // An edited entry is a new one with the old one's time, so that it takes the place of the old.
  entry(entry, ticket, attachments) {
    const [kind, verb] = KINDS[entry.type] ?? ["message", "wrote"];
    const inText = new Set();
    const body = bodyOf(entry, (cid, alt) => {
      const file = attachments.find((one) => one.cid === cid && one.entry_id === entry.id) ?? attachments.find((one) => one.cid === cid);
      if (!file || !isPicture(file)) return null;
      inText.add(file.id);
      return picture(file, alt, this.signal);
    });
    widths.observe(body);
    const files = entry.attachments.filter((file) => !inText.has(file.id));
    return element("li", { class: `entry ${kind}`, id: `entry-${entry.id}` },
      element("span", { class: "face", "aria-hidden": "true" }, initials(entry.poster)),
      element("article", { "aria-label": `${entry.poster} ${verb}` }, this.head(entry, kind, verb),
        entry.title && entry.title !== ticket.subject ? element("h3", {}, entry.title) : null, body, this.files(files)));
  }

  head(entry, kind, verb) {
    return element("header", {}, element("b", {}, entry.poster || "Somebody"), " ",
      kind === "note" ? element("span", { class: "internal" }, icon("lock"), "internal note") : element("span", { class: "soft" }, verb), " ",
      SOURCES[entry.source] ? element("span", { class: "soft" }, SOURCES[entry.source]) : null, " ", entry.edited ? element("span", { class: "soft" }, "(edited)") : null,
      element("span", { class: "gap" }), time(entry.created, dated));
  }

  // Pictures that the text does not show stand below it, and every file can be saved.
  files(files) {
    if (!files.length) return null;
    return [
      ...files.filter(isPicture).map((file) => element("figure", {}, picture(file, "", this.signal))),
      element("ul", { class: "files" }, ...files.map((file) => fileItem(file, this.signal))),
    ];
  }
}

function initials(name) {
  const words = (name ?? "").match(/\p{L}[\p{L}'’-]*/gu) ?? [];
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0]).join("").toUpperCase() || "?";
}
