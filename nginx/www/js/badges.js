// SPDX-License-Identifier: GPL-2.0-or-later
// Status and urgency of a ticket, in words and colours: never in colours alone.
import { element } from "./dom.js";
import { near } from "./time.js";

const STATES = new Set(["open", "closed", "archived", "deleted"]);
// osTicket's own names of priorities; others are shown without a colour.
const URGENCIES = { emergency: "urgent", high: "high", low: "low" };

export function statusBadge(status) {
  if (!status) return null;
  return element("span", { class: `badge ${STATES.has(status.state) ? status.state : ""}` }, status.name);
}

export function priorityBadge(priority) {
  if (!priority) return null;
  return element("span", { class: `priority ${URGENCIES[priority.name.toLowerCase()] ?? ""}` }, priority.name);
}

// "Overdue", "due in 3 hr.", or nothing.
export function dueBadge(ticket) {
  const due = new Date(ticket.due ?? NaN);
  if (ticket.status?.state !== "open") return null;
  if (ticket.overdue || due < new Date()) return element("span", { class: "badge late" }, "Overdue");
  return Number.isNaN(due.getTime()) ? null : element("span", { class: "due soft" }, `due ${near(due)}`);
}

// Whose turn it is.
export function waits(ticket) {
  return ticket.status?.state === "open" && ticket.answered === false;
}
