// SPDX-License-Identifier: GPL-2.0-or-later
// A failure on the page: its sentence, what of the request is wrong, and a way on. Where the server says when to ask again,
// the page does so by itself, some times, with the seconds in sight.
import { element, icon } from "./dom.js";
import { Failure } from "./failure.js";

const TIMES = 5; // that a page asks again by itself
const NAMED = new Set([422]); // whose sentence already says it: the fields repeat it word for word otherwise

// Shows `failure` in `place`. options: again (a function that asks once more), tries (how often it did so by itself),
// ways (elements behind the sentence). Whoever clears the place ends the wait.
export function showFailure(place, failure, options = {}) {
  const known = failure instanceof Failure;
  const wait = known && failure.wait && options.again && (options.tries ?? 0) < TIMES ? failure.wait : 0;
  const box = element("div", { class: "notice bad", role: "alert" },
    element("p", {}, known ? failure.sentence : "This page has a fault of its own; the browser's console says where."),
    known ? fields(failure) : null, ...(options.ways ?? []),
    options.again ? buttons(wait, options) : null);
  place.replaceChildren(box);
  if (!known) console.error(failure);
  if (wait) countDown(box, wait, () => options.again((options.tries ?? 0) + 1));
}

// Nobody is known any more: the page goes back to its door, and true is returned.
export function locks(error) {
  if (error.status !== 401) return false;
  document.dispatchEvent(new CustomEvent("locked", { detail: error }));
  return true;
}

export function clear(place) {
  place.replaceChildren();
}

function fields(failure) {
  const lines = Object.entries(failure.fields).filter(([, told]) => !(NAMED.has(failure.status) && failure.told.includes(told)));
  return lines.length ? element("ul", {}, ...lines.map(([name, told]) => element("li", {}, element("b", {}, name), `: ${told}`))) : null;
}

function buttons(wait, options) {
  return element("p", { class: "ways" },
    element("button", { type: "button", onclick: () => options.again(0) }, icon("again"), wait ? "Try now" : "Try again"),
    wait ? element("span", { class: "soft", "data-left": true }) : null);
}

function countDown(box, seconds, then) {
  const shown = box.querySelector("[data-left]");
  const tick = (left) => {
    if (!box.isConnected) return;
    if (left === 0) return void then();
    shown.textContent = `Asks again in ${left} s.`;
    setTimeout(tick, 1000, left - 1);
  };
  tick(seconds);
}
