// SPDX-License-Identifier: GPL-2.0-or-later
// What is known of a ticket beside its thread: people, places, times, answers to its forms, files, relatives.
import { element } from "./dom.js";
import { fileItem } from "./files.js";
import { href, where } from "./route.js";
import { dated, time } from "./time.js";

// The parts of the side of a ticket; `open` is ticket.js's.
export function facts(open) {
  const { ticket, fields, collaborators, attachments, related } = open.data;
  const signal = open.parts.signal;
  return [
    pairs("About", [
      ["From", person(ticket.user)], ["Company", ticket.organization?.name], ["Assigned to", "staff" in ticket ? assigned(ticket) : null], ["Department", ticket.department?.name],
      ["Topic", ticket.topic?.name], ["SLA", ticket.sla?.name], ["Came by", ticket.source],
    ]),
    pairs("Times", [
      ["Opened", time(ticket.created, dated)], ["Due", ticket.status?.state === "open" ? time(ticket.due, dated) : null], ["Last message", time(ticket.last_message, dated)],
      ["Last answer", time(ticket.last_response, dated)], ["Reopened", time(ticket.reopened, dated)], ["Closed", time(ticket.closed, dated)],
    ]),
    pairs("Form", fields.filter(isAsked).map((field) => [field.label, answer(field)])),
    items("Also in it", collaborators.map((one) => element("li", {}, person(one.user)))),
    items("Related tickets", relatives(related)),
    items("Files", attachments.filter((file) => !file.inline).map((file) => fileItem(file, signal)), "files"),
  ].filter(Boolean);
}

function pairs(name, rows) {
  const there = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (!there.length) return null;
  return element("section", {}, element("h3", {}, name), element("dl", {}, ...there.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)])));
}

function items(name, list, kind = "plain-list") {
  return list.length ? element("section", {}, element("h3", {}, name), element("ul", { class: kind }, ...list)) : null;
}

function person(user) {
  if (!user) return null;
  if (!user.email) return user.name;
  return [element("span", {}, user.name || user.email), " ", element("a", { class: "address", href: `mailto:${encodeURIComponent(user.email).replace("%40", "@")}` }, user.email)];
}

function assigned(ticket) {
  const names = [ticket.staff?.name, ticket.team?.name].filter(Boolean);
  return names.length ? names.join(", ") : element("span", { class: "soft" }, "nobody");
}

// Subject and priority stand above already; nobody can read what is opaque.
function isAsked(field) {
  return !field.opaque && field.name !== "subject" && field.name !== "priority" && field.type !== "thread";
}

function answer({ value }) {
  if (Array.isArray(value)) return value.map((one) => one.label ?? String(one)).join(", ");
  return value !== null && typeof value === "object" ? value.name ?? value.label ?? null : value === null ? null : String(value);
}

function relatives({ parent, children, kind } = {}) {
  const link = (ticket, what) => element("li", {}, element("a", { href: href({ filters: where().filters, number: ticket.number || `id:${ticket.id}` }) }, ticket.number || ticket.id), ` ${what}`);
  return [...(parent ? [link(parent, kind === "merged" ? "it was merged into" : "it is linked to")] : []), ...(children ?? []).map((child) => link(child, kind === "merged" ? "merged into this" : "linked to this"))];
}
