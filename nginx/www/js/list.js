// SPDX-License-Identifier: GPL-2.0-or-later
// The list of tickets: a page of what the filters let through, as an agent's desk has it.
import { call, describe } from "./api.js";
import { dueBadge, priorityBadge, statusBadge, waits } from "./badges.js";
import { copyButton } from "./calls.js";
import { bones, element, find, icon, say, unseen } from "./dom.js";
import { Failure } from "./failure.js";
import { showWrong } from "./filters.js";
import { clear, locks, showFailure } from "./notice.js";
import { forgetPages, markPages, pageOf, toFirst, turns } from "./pages.js";
import { href } from "./route.js";
import { learnFrom } from "./suggest.js";
import { time } from "./time.js";

const SIZE = 25;
const FIELDS = "number,subject,status,priority,department,staff,team,user,created,updated,due,overdue,answered,attachments";
const COLUMNS = ["Number", "Subject", "From", "Status", "Priority", "Assigned to", "Department", "Changed"];

let asking = null;  // ends the request before
let shown = null;   // {key, data}: the page that stands there

function query(filters) {
  return { ...filters, limit: SIZE, fields: FIELDS, total: filters.cursor ? "" : 1 };
}

// Shows the page that `place` means; one that stands there already is not asked for again.
export async function showList(place, { again = false, tries = 0 } = {}) {
  const key = JSON.stringify(place.filters);
  if (shown?.key === key && !again) return void mark(place);
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const turned = find("pages").contains(document.activeElement);
  if (!shown) wait();
  find("rows").setAttribute("aria-busy", "true");
  try {
    const { data } = await call("GET", "/tickets.json", { query: query(place.filters), signal });
    shown = { key, data };
    clear(find("list-notice"));
    showRows(place, data);
    if (turned) find("list-title").focus(); // the link that was followed is another now
  } catch (error) {
    if (!signal.aborted) showTrouble(place, error, tries);
  } finally {
    if (!signal.aborted) find("rows").setAttribute("aria-busy", "false");
  }
}

export function forgetList() {
  asking?.abort();
  shown = null;
  forgetPages();
  find("rows").replaceChildren();
}

function showTrouble(place, error, tries) {
  shown = null;
  find("rows").replaceChildren();
  find("pages").hidden = true;
  if (locks(error)) return;
  if (error instanceof Failure && error.status === 422) showWrong(error.fields);
  const again = error instanceof Failure && error.status === 422 ? null : (count) => showList(place, { again: true, tries: count });
  showFailure(find("list-notice"), error, { again, tries, ways: toFirst(place, error) });
}

// ---- rows ------------------------------------------------------------------------------------------------------------
// Where a page stands already, it stays in sight until the next is there.
function wait() {
  clear(find("list-notice"));
  find("rows").replaceChildren(bones(8));
  find("pages").hidden = true;
}

function showRows(place, data) {
  learnFrom(data.tickets);
  const count = data.tickets.length;
  find("rows").replaceChildren(count ? table(place, data.tickets) : nothing(place));
  mark(place);
  showPages(place, data);
  say(count ? `${count} tickets${pageOf(place.filters.cursor) > 1 ? `, page ${pageOf(place.filters.cursor)}` : ""}.` : "No ticket fits.");
}

function nothing(place) {
  const filtered = Object.keys(place.filters).length > 0;
  return element("div", { class: "nothing" }, element("p", { class: "large" }, "No ticket fits"),
    element("p", { class: "soft" }, filtered ? "Fewer filters let more through." : "There are none yet."),
    filtered ? element("p", {}, element("a", { href: href({ number: place.number, filters: {} }) }, "Show all tickets")) : null);
}

// A table in meaning; css/list.css makes lines of it where it is narrow, hence the roles.
function table(place, tickets) {
  const head = element("tr", { role: "row" }, ...COLUMNS.map((name) => element("th", { scope: "col", role: "columnheader" }, name)));
  const body = element("tbody", { role: "rowgroup" }, ...tickets.map((ticket) => row(place, ticket)));
  body.addEventListener("keydown", walk);
  return element("table", { role: "table", "aria-labelledby": "list-title" }, element("thead", { role: "rowgroup" }, head), body);
}

function row(place, ticket) {
  const number = ticket.number || `id:${ticket.id}`;
  const link = element("a", { href: href({ ...place, number }), "data-number": number }, ticket.subject || "(no subject)");
  return element("tr", { role: "row", class: waits(ticket) ? "waits" : "" },
    cell("number", waits(ticket) ? element("span", { class: "dot", title: "waits for an answer" }, unseen("waits for an answer: ")) : null, number),
    cell("subject", link, ticket.attachments ? element("span", { class: "clip", title: `${ticket.attachments} files` }, icon("file"), unseen("with files")) : null),
    cell("from", ticket.user?.name || ticket.user?.email || ""),
    cell("status", statusBadge(ticket.status), dueBadge(ticket)),
    cell("priority-cell", priorityBadge(ticket.priority)),
    cell("assigned", ticket.staff?.name ?? ticket.team?.name ?? element("span", { class: "faint" }, "nobody")),
    cell("department", ticket.department?.name ?? ""),
    cell("when", time(ticket.updated)));
}

function cell(name, ...children) {
  return element("td", { class: name, role: "cell" }, ...children);
}

// Up and down go from ticket to ticket; Tab does as well.
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...event.currentTarget.querySelectorAll("a[data-number]")];
  const next = links[links.indexOf(document.activeElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// The ticket that is open.
function mark(place) {
  for (const link of find("rows").querySelectorAll("a[data-number]")) {
    const open = link.dataset.number === place.number;
    if (open) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.closest("tr").classList.toggle("open", open);
    link.href = href({ filters: place.filters, number: link.dataset.number });
  }
  markPages(find("pages"), place);
}

// ---- pages -----------------------------------------------------------------------------------------------------------
function showPages(place, data) {
  find("pages").replaceChildren(...turns(place, data, SIZE), element("span", { class: "gap" }), refresh(place), copyButton(() => describe("GET", "/tickets.json", { query: query(place.filters) })));
  find("pages").hidden = false;
}

function refresh(place) {
  return element("button", { type: "button", class: "quiet small", title: "Ask again", onclick: () => showList(place, { again: true }) }, icon("again"), unseen("Ask for the list again"));
}
