// SPDX-License-Identifier: GPL-2.0-or-later
// What happened to a ticket, a sentence each. `data` is osTicket's own JSON: a name, or [id, name], or an id alone.
import { element } from "./dom.js";
import { time } from "./time.js";

const VERBS = {
  created: () => "opened the ticket",
  closed: (data) => `closed it${named(data.status, " as ")}`,
  reopened: () => "opened it again",
  assigned: (data) => data.claim ? "took it" : `gave it to ${listed([named(data.staff), data.team && (named(data.team, "team ") || "a team")])}`,
  released: (data) => `took it from ${listed([named(data.staff), data.team && (named(data.team, "team ") || "its team")])}`,
  transferred: (data) => `moved it${named(data.dept, " to ")}`,
  referred: (data) => `referred it${named(data.dept ?? data.staff ?? data.team, " to ")}`,
  overdue: () => "saw it become overdue",
  edited: (data) => data.status ? `set the status${named(data.status, " to ")}` : "edited it",
  collab: (data) => data.del ? `took out ${people(data.del)}` : `added ${people(data.add)}`,
  resent: () => "sent an entry again",
  merged: () => "merged it with another ticket",
  linked: () => "linked it with another ticket",
  unlinked: () => "took a link away",
  viewed: () => "looked at it",
};

function named(value, before = "") {
  const name = Array.isArray(value) ? value[1] : typeof value === "string" ? value : null;
  return name ? `${before}${name}` : "";
}

function listed(names) {
  const there = names.filter(Boolean);
  return there.length ? there.join(" and ") : "somebody";
}

function people(added) {
  const names = Object.values(added ?? {}).map((one) => (typeof one === "string" ? one : one?.name)).filter(Boolean);
  return names.length ? names.join(", ") : "somebody";
}

// The agents and users that the ticket names, by "staff:4", "user:9": events have their user names only.
export function namesIn({ ticket, entries }) {
  const names = new Map();
  for (const { staff, user } of [ticket, ...entries]) {
    if (staff) names.set(`staff:${staff.id}`, staff.name);
    if (user) names.set(`user:${user.id}`, user.name);
  }
  return names;
}

function actor({ kind, id, name }, names) {
  if (kind === "system") return "The help desk";
  return names.get(`${kind}:${id}`) ?? (name === "SYSTEM" ? "The help desk" : name);
}

const ENTRIES = { message: "wrote a message", reply: "replied", note: "wrote a note", edited: "changed what was written" };

// A change of the help desk as a sentence: "tokafor closed it as Closed".
export function sentence({ type, actor: who, data }) {
  const [kind, name] = type.split(".");
  const facts = data !== null && typeof data === "object" ? data : {};
  const done = kind === "entry" ? ENTRIES[name] : name === "deleted" ? "deleted it" : VERBS[name]?.(facts);
  return `${actor(who, new Map())} ${done ?? `did: ${name}`}`;
}

export function eventItem(event, names) {
  const data = event.data !== null && typeof event.data === "object" ? event.data : {};
  const verb = VERBS[event.name]?.(data) ?? `did: ${event.name}`;
  return element("li", { class: event.annulled ? "event annulled" : "event", title: event.annulled ? "Not so any more" : null },
    element("span", { class: "event-text" }, element("b", {}, actor(event.actor, names)), ` ${verb}`), " ", time(event.at));
}
