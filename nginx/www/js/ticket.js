// SPDX-License-Identifier: GPL-2.0-or-later
// The ticket that is open: asked for whole with one call, then asked for again as long as it is open (watch.js). What is new
// is added to what stands there, so that nobody loses the place where he reads.
import { call, ticketPath } from "./api.js";
import { dueBadge, priorityBadge, statusBadge } from "./badges.js";
import { bones, element, find, icon, say } from "./dom.js";
import { facts } from "./facts.js";
import { forgetFiles } from "./files.js";
import { locks, showFailure } from "./notice.js";
import { href, where } from "./route.js";
import { Thread } from "./thread.js";
import { watch } from "./watch.js";

// What is each page's own: the parts that it asks for, what can be done to a ticket, further tools of the bar.
let own = { query: {}, actsOf: () => null, tools: () => [] };
let open = null; // {number, path, etag, data, parts, stop}

export function ticketsHave(what) {
  own = what;
}

export async function showTicket(number, { tries = 0, focus = true } = {}) {
  if (open?.number === number && open.data && tries === 0) return;
  closeTicket();
  const ending = new AbortController();
  open = { number, path: ticketPath(number), stop: () => ending.abort() };
  const mine = open;
  find("ticket").hidden = false;
  find("ticket").replaceChildren(waiting(number));
  find("ticket").scrollTop = 0;
  if (focus) find("ticket-title").focus();
  try {
    const { data, etag } = await call("GET", open.path, { query: own.query, signal: ending.signal });
    if (mine !== open) return;
    Object.assign(open, { data, etag });
    build(ending.signal);
    if (focus) find("ticket-title").focus({ preventScroll: true });
    watch(open, { query: own.query, signal: ending.signal, changed: update, failed: (error) => showTrouble(number, error, 0) });
  } catch (error) {
    if (mine === open && !ending.signal.aborted) showTrouble(number, error, tries);
  }
}

// Something happened to it.
export function lookAgain() {
  open?.look?.();
}

export function closeTicket() {
  open?.stop();
  open = null;
  forgetFiles();
  find("ticket").hidden = true;
  find("ticket").replaceChildren();
}

export function openTicket() {
  return open;
}

function back() {
  return element("a", { class: "back quiet button", href: href({ filters: where().filters }), title: "Close the ticket (Escape)" }, icon("back"), element("span", {}, "List"));
}

function title(text) {
  return element("h2", { id: "ticket-title", tabindex: "-1" }, text);
}

function waiting(number) {
  return element("div", { class: "sheet" }, element("div", { class: "ticket-bar" }, back()), title(`Ticket ${number}`), bones(5));
}

// In the place of the ticket; what it takes to go on is beside the sentence.
function showTrouble(number, error, tries) {
  if (locks(error)) return;
  const notice = element("div", {});
  find("ticket").replaceChildren(element("div", { class: "sheet" }, element("div", { class: "ticket-bar" }, back()), title(`Ticket ${number}`), notice));
  const ids = (error.ids ?? []).map((id) => element("li", {}, element("a", { href: href({ filters: where().filters, number: `id:${id}` }) }, `The ticket with the id ${id}`)));
  if (open) open.data = null;
  showFailure(notice, error, {
    again: (count) => showTicket(number, { tries: count || 1, focus: false }), tries,
    ways: ids.length ? [element("ul", {}, ...ids)] : [],
  });
}

// ---- what stands there -----------------------------------------------------------------------------------------------
function build(signal) {
  const number = element("p", { class: "number" }), heading = title(""), badges = element("p", { class: "badges" });
  const head = element("header", { class: "ticket-head" }, number, heading, badges), side = element("aside", { class: "facts", "aria-label": "About this ticket" });
  const checked = element("span", { class: "checked soft", id: "checked" });
  const thread = new Thread(open, signal), acts = own.actsOf(open);
  open.parts = { number, heading, badges, side, thread, acts, signal };
  find("ticket").replaceChildren(element("div", { class: "sheet" },
    element("div", { class: "ticket-bar" }, back(), element("span", { class: "gap" }), checked, ...own.tools(open)),
    head, element("div", { class: "columns" }, element("div", { class: "talk" }, thread.element, acts?.element), side)));
  fill();
}

function fill() {
  const { ticket } = open.data, { number, heading, badges, side, thread } = open.parts;
  number.textContent = `Ticket ${ticket.number || open.number}`;
  heading.textContent = ticket.subject || "(no subject)";
  badges.replaceChildren(...[statusBadge(ticket.status), priorityBadge(ticket.priority), dueBadge(ticket)].filter(Boolean));
  side.replaceChildren(...facts(open));
  thread.fill(open.data);
  open.parts.acts?.fill();
  document.title = `${ticket.number || open.number} ${ticket.subject ?? ""}`.trim();
}

// The ticket is another than the one that stands there.
function update(data) {
  const before = open.data;
  open.data = data;
  const held = document.activeElement?.dataset.held;
  fill();
  if (held) find("ticket").querySelector(`[data-held="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  const count = data.entries.length - before.entries.length;
  const status = data.ticket.status?.name !== before.ticket.status?.name ? ` It is ${data.ticket.status?.name} now.` : "";
  say(count > 0 ? `${count} new in this ticket.${status}` : `This ticket has changed.${status}`);
}
