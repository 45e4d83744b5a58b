// SPDX-License-Identifier: GPL-2.0-or-later
// What happens on the help desk, as it happens: one request that waits at the server until there is something, and then
// the next. Only for a key with the scope "changes". Rests while the page is not in sight, and goes on by its cursor.
import { call } from "./api.js";
import { element, find, say, unseen } from "./dom.js";
import { sentence } from "./events.js";
import { Failure } from "./failure.js";
import { may } from "./key.js";
import { href, where } from "./route.js";
import { time } from "./time.js";

const WAIT = 25, KEPT = 50;                  // seconds, changes
const PAUSE = 2000, AT_MOST = 60000;         // milliseconds, after a failure
const REFUSED = new Set([400, 401, 403, 404, 422]); // asking again does not help

let running = null; // ends the loop
let cursor = "";    // "": from now on
let news = 0;       // that nobody has looked at

export function startChanges() {
  stopChanges();
  if (!may("changes")) return;
  find("live").hidden = false;
  showLight("fresh");
  loop();
}

export function stopChanges() {
  running?.abort();
  running = null;
  cursor = "";
  news = 0;
  find("live").hidden = find("changes").hidden = true;
  find("changes-list").replaceChildren();
  showNews();
}

async function loop() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  for (let pause = PAUSE; !signal.aborted;) {
    try {
      const { data } = await call("GET", "/changes.json", { query: { after: cursor, wait: cursor ? WAIT : "", limit: 200 }, signal });
      cursor = data.next;
      pause = PAUSE;
      showLight("fresh");
      if (data.changes.length) take(data.changes);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Failure)) throw error; // a fault of the page: the console says where
      showLight("stale");
      if (REFUSED.has(error.status)) return;
      pause = Math.min(Math.max(pause * 2, (error.wait ?? 0) * 1000), AT_MOST);
      await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
  }
}

// The youngest stands on top. The list and an open ticket look for what is new by themselves (page.js).
function take(changes) {
  const list = find("changes-list");
  list.prepend(...changes.map(item).reverse());
  while (list.children.length > KEPT) list.lastElementChild.remove();
  if (find("changes").hidden) news += changes.length;
  showNews();
  say(changes.length === 1 ? `${sentence(changes[0])}, ticket ${changes[0].ticket?.number ?? ""}` : `${changes.length} changes`);
  document.dispatchEvent(new CustomEvent("changed", { detail: new Set(changes.map(({ ticket }) => ticket?.number)) }));
}

function item(change) {
  const number = change.ticket?.number;
  const gone = change.type === "ticket.deleted" || !number;
  return element("li", { class: "change", "data-id": change.id },
    gone ? element("span", { class: "number" }, number ?? "a deleted ticket")
      : element("a", { class: "number", href: href({ ...where(), number }) }, number),
    " ", element("span", {}, sentence(change)), " ", time(change.at));
}

function showNews() {
  find("live-count").replaceChildren(...(news ? [String(Math.min(news, 99)), unseen(" new changes")] : []));
  find("live-count").hidden = !news;
}

function showLight(state) {
  find("live-light").className = `light ${state}`;
  find("live").title = state === "fresh" ? "What happens on the help desk, as it happens" : "Not up to date: asking again";
}

function open(shown) {
  find("changes").hidden = !shown;
  find("live").setAttribute("aria-expanded", String(shown));
  if (shown) news = 0;
  showNews();
}

export function startLive() {
  find("live").addEventListener("click", () => open(find("changes").hidden));
  for (const part of [find("changes"), find("live")])
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || find("changes").hidden) return;
      open(false);
      find("live").focus();
      event.stopPropagation();
    });
  document.addEventListener("visibilitychange", () => {
    if (find("live").hidden) return;
    if (document.hidden) running?.abort();
    else loop();
  });
}
