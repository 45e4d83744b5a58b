// SPDX-License-Identifier: GPL-2.0-or-later
// Asks for the open ticket again and again, with the ETag of what stands there: 304 without a body while nothing changed,
// which costs the server one short query. Rests while the page is not in sight; after a failure it waits longer.
import { call } from "./api.js";
import { element, find, icon, unseen } from "./dom.js";
import { Failure } from "./failure.js";
import { atSeconds } from "./time.js";

const EVERY = 15000, AT_MOST = 120000; // milliseconds
const GONE = new Set([401, 403, 404, 409]); // asking again does not help

// `open` is the ticket: its path and etag, which is renewed. changed(data) is called with what is another, failed(error) once
// when there is no use in going on. Ends with `signal`.
export function watch(open, { query, signal, changed, failed }) {
  let pause = EVERY, timer = null, asking = false;

  async function ask() {
    clearTimeout(timer);
    if (signal.aborted || asking) return;
    asking = true;
    try {
      const { status, data, etag } = await call("GET", open.path, { query, signal, headers: open.etag ? { "If-None-Match": open.etag } : {} });
      if (signal.aborted) return;
      pause = EVERY;
      if (status !== 304) {
        open.etag = etag;
        changed(data);
      }
      show(`Up to date ${atSeconds(new Date())}`, "fresh");
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Failure)) throw error; // a fault of the page: the console says where
      if (GONE.has(error.status)) return void failed(error);
      pause = Math.min(Math.max(pause * 2, (error.wait ?? 0) * 1000), AT_MOST);
      show(`Not up to date: ${error.status ? "the server is busy" : "no connection"}`, "stale");
    } finally {
      asking = false;
    }
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (!signal.aborted && !document.hidden) timer = setTimeout(ask, pause);
  }

  function show(text, state) {
    find("checked")?.replaceChildren(element("span", { class: `light ${state}` }), text,
      element("button", { type: "button", class: "quiet small", title: "Look now", onclick: ask }, icon("again"), unseen("Look now whether something is new")));
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()), { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  open.look = ask;
  show(`Up to date ${atSeconds(new Date())}`, "fresh");
  plan();
}
