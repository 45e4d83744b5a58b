// SPDX-License-Identifier: GPL-2.0-or-later
// Pages of a list. The server gives the next page by a cursor (a place in the order, so that tickets that come meanwhile shift
// nothing); the way back is remembered here.
import { element } from "./dom.js";
import { href } from "./route.js";

const PLACE = "osticket-fcgi-pages";

const before = new Map(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]")); // cursor of a page: that of the page before, "" for the first
let total = null;   // {key, count, more} of the filters that were counted last

export function forgetPages() {
  total = null;
}

function pageHref(place, cursor) {
  return href({ number: place.number, filters: { ...place.filters, cursor } });
}

// 1 for the first; 0 where the way to it is not known.
export function pageOf(cursor) {
  let page = 1;
  for (let at = cursor; at; at = before.get(at)) {
    if (!before.has(at)) return 0;
    page++;
  }
  return page;
}

function count(place, data) {
  const { cursor, ...filters } = place.filters;
  const key = JSON.stringify(filters);
  if ("total" in data) total = { key, count: data.total, more: data.total_more };
  return total?.key === key ? total : null;
}

// The way back, where this page lies, the way on; `data` is the page, `size` how many tickets one has.
export function turns(place, data, size) {
  const cursor = place.filters.cursor ?? "", page = pageOf(cursor);
  if (data.next) {
    before.set(data.next, cursor);
    sessionStorage.setItem(PLACE, JSON.stringify([...before].slice(-500)));
  }
  const all = count(place, data), first = (page - 1) * size + 1;
  const span = page && data.tickets.length ? `${first}–${first + data.tickets.length - 1}` : `${data.tickets.length}`;
  const called = all ? `${span} of ${all.count.toLocaleString("en")}${all.more ? "+" : ""}` : span;
  return [
    turn(place, "Previous", cursor ? before.get(cursor) ?? "" : null, "prev"), element("span", { class: "span" }, called),
    turn(place, "Next", data.next ?? null, "next"),
  ];
}

function turn(place, label, cursor, rel) {
  return cursor === null ? element("span", { class: "turn off", "aria-disabled": "true" }, label)
    : element("a", { class: "turn", rel, href: pageHref(place, cursor), "data-cursor": cursor }, label);
}

// A way on from a failure, where the page is of another order.
export function toFirst(place, error) {
  return error.status === 400 && place.filters.cursor ? [element("p", {}, element("a", { href: pageHref(place, "") }, "To the first page"))] : [];
}

// Another ticket is open: the links keep it.
export function markPages(pages, place) {
  for (const link of pages.querySelectorAll("a[data-cursor]")) link.href = pageHref(place, link.dataset.cursor);
}
