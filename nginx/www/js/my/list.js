// SPDX-License-Identifier: GPL-2.0-or-later
// The customer's tickets, newest change first, by state and pages. What stands there is asked for again every minute while it is in
// sight; it is made anew only where something is another.
import { call } from "../api.js";
import { statusBadge } from "../badges.js";
import { bones, element, find, icon, say, unseen } from "../dom.js";
import { Failure } from "../failure.js";
import { clear, locks } from "../notice.js";
import { pageOf, toFirst, turns } from "../pages.js";
import { go, href } from "../route.js";
import { dated, time } from "../time.js";
import { showTrouble } from "./trouble.js";

const SIZE = 20, EVERY = 60000; // milliseconds
const FIELDS = "number,subject,status,user,created,updated,answered,attachments";
const STATES = [["open", "Open"], ["closed", "Closed"], ["", "All"]];

let asking = null; // ends the request before
let shown = null;  // {key, text}: the page that stands there
let timer = null;

export function startList(mine) {
  find("filters").replaceChildren(element("fieldset", { class: "states" }, element("legend", { class: "unseen" }, "State"),
    ...STATES.map(([value, label]) => element("label", {}, element("input", { type: "radio", name: "state", value }), element("span", {}, label)))));
  find("filters").addEventListener("change", (event) => go({ filters: { state: event.target.value } }));
  document.addEventListener("visibilitychange", () => { if (!document.hidden && mine()) again(mine()); });
}

export function forgetList() {
  asking?.abort();
  clearTimeout(timer);
  shown = null;
  find("rows").replaceChildren();
}

// Nobody looks at it: it is not asked for.
export function restList() {
  clearTimeout(timer);
}

function again(place) {
  showList(place, { quietly: true });
}

export async function showList(place, { quietly = false, tries = 0 } = {}) {
  const key = JSON.stringify(place.filters), turned = find("pages").contains(document.activeElement);
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  clearTimeout(timer);
  for (const radio of find("filters").elements.state) radio.checked = radio.value === (place.filters.state ?? "");
  if (!shown) find("rows").replaceChildren(bones(6));
  find("rows").setAttribute("aria-busy", "true");
  try {
    const { data } = await call("GET", "/tickets.json", { query: { sort: "-updated", ...place.filters, limit: SIZE, fields: FIELDS, total: place.filters.cursor ? "" : 1 }, signal });
    clear(find("list-notice"));
    fill(place, key, data);
    if (turned && !quietly) find("list-title").focus();
  } catch (error) {
    if (signal.aborted) return;
    if (!(quietly && shown && error instanceof Failure && error.status !== 401)) trouble(place, error, tries);
  }
  if (signal.aborted) return;
  find("rows").setAttribute("aria-busy", "false");
  timer = setTimeout(() => { if (!document.hidden) again(place); }, EVERY);
}

function trouble(place, error, tries) {
  shown = null;
  find("rows").replaceChildren();
  find("pages").hidden = true;
  if (locks(error)) return;
  showTrouble(find("list-notice"), error, { again: (count) => showList(place, { tries: count }), tries, ways: toFirst(place, error) });
}

function fill(place, key, data) {
  const text = JSON.stringify(data);
  if (shown?.text === text && shown.key === key) return;
  const news = shown?.key === key;
  const held = document.activeElement?.dataset?.number;
  shown = { key, text };
  find("rows").replaceChildren(data.tickets.length ? element("ol", { class: "my-tickets", "aria-labelledby": "list-title" }, ...data.tickets.map((ticket) => row(place, ticket))) : nothing(place));
  find("pages").replaceChildren(...turns(place, data, SIZE));
  find("pages").hidden = !data.next && !place.filters.cursor;
  if (held) find("rows").querySelector(`[data-number="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  const page = pageOf(place.filters.cursor);
  say(news ? "Something has changed in your tickets." : data.tickets.length ? `${data.tickets.length} tickets${page > 1 ? `, page ${page}` : ""}.` : "No tickets.");
}

function nothing(place) {
  const some = (place.filters.state ?? "") !== "";
  return element("div", { class: "nothing" }, element("p", { class: "large" }, some ? `Nothing ${place.filters.state}` : "No tickets yet"),
    element("p", {}, some ? element("a", { href: href({ filters: { state: "" } }) }, "Show all tickets") : element("a", { href: "#new" }, "Write the first one")));
}

function row(place, ticket) {
  const number = ticket.number || `id:${ticket.id}`;
  return element("li", { class: "my-ticket" },
    element("p", { class: "subject" }, element("a", { href: href({ ...place, number }), "data-number": number }, ticket.subject || "(no subject)"),
      ticket.attachments ? element("span", { class: "clip", title: `${ticket.attachments} files` }, icon("file"), unseen("with files")) : null),
    element("p", { class: "state" }, statusBadge(ticket.status), ticket.answered && ticket.status?.state === "open" ? element("span", { class: "badge answered" }, "Answered") : null),
    element("p", { class: "soft number" }, number),
    element("p", { class: "soft when" }, unseen("changed "), time(ticket.updated ?? ticket.created, dated)));
}
