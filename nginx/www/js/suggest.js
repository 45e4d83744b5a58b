// SPDX-License-Identifier: GPL-2.0-or-later
// What may be typed into a filter: names that were seen in lists, and those of the server's catalogues where the key may read
// them. Only suggestions: the server knows best.
import { call } from "./api.js";
import { element } from "./dom.js";
import { may } from "./key.js";

// Filter: catalogue, its list, the member that the filter takes.
const CATALOGUES = {
  department: ["/departments.json", "departments", "path"],
  staff: ["/staff.json", "staff", "username"],
  priority: ["/priorities.json", "priorities", "name"],
  status: ["/statuses.json", "statuses", "name"],
};
const MOST = 200;
const known = {}; // filter: a Set of words
const lists = {}; // filter: its <datalist>

export function suggestions(filter, id) {
  known[filter] ??= new Set();
  lists[filter] = element("datalist", { id });
  return lists[filter];
}

function learn(filter, word) {
  if (!word || !known[filter] || known[filter].has(word) || known[filter].size >= MOST) return;
  known[filter].add(word);
  lists[filter].append(element("option", { value: word }));
}

export function learnFrom(tickets) {
  for (const ticket of tickets) {
    learn("department", ticket.department?.name);
    learn("staff", ticket.staff?.username);
    learn("priority", ticket.priority?.name);
    learn("status", ticket.status?.name);
    learn("email", ticket.user?.email);
  }
}

// Once a key is known: what the server lists, for the names that no ticket has shown yet.
export async function learnCatalogues() {
  if (!may("catalog")) return;
  await Promise.allSettled(Object.entries(CATALOGUES).map(async ([filter, [path, list, member]]) => {
    const { data } = await call("GET", path);
    for (const thing of data[list]) learn(filter, thing[member] ?? thing.name);
  }));
}
