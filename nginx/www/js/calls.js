// SPDX-License-Identifier: GPL-2.0-or-later
// The line at the foot of the page: the last call, and on demand those before it, each as a curl command to copy.
import { BASE } from "./api.js";
import { copy, curl } from "./curl.js";
import { element, find, icon, say, unseen } from "./dom.js";
import { atSeconds } from "./time.js";

const KEPT = 30;
const calls = []; // the youngest first
let latest, list;

export function startCalls() {
  latest = element("div", { class: "latest" }, "No call yet.");
  list = element("ol", { class: "log", id: "call-log", hidden: true });
  const toggle = element("button", {
    type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "call-log",
    onclick: () => show(toggle, list.hidden),
  }, "All calls");
  find("calls").replaceChildren(element("div", { class: "bar" }, element("h2", { class: "unseen" }, "Calls of the API"), latest, toggle), list);
  find("calls").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    show(toggle, false);
    toggle.focus();
    event.stopPropagation();
  });
  document.addEventListener("call", (event) => take(event.detail));
}

function show(toggle, open) {
  list.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  if (open) list.replaceChildren(...calls.map((asked) => element("li", {}, line(asked), command(asked))));
}

function take(asked) {
  asked.at = new Date();
  calls.unshift(asked);
  calls.length = Math.min(calls.length, KEPT);
  latest.replaceChildren(line(asked), copyButton(asked));
  if (!list.hidden) {
    list.prepend(element("li", {}, line(asked), command(asked)));
    while (list.children.length > KEPT) list.lastElementChild.remove();
  }
}

// "GET /tickets.json?state=open   200   8 ms"
function line(asked) {
  const status = asked.status ?? "no answer";
  return element("span", { class: "call" },
    element("b", { class: "method" }, asked.method), " ",
    element("span", { class: "path" }, decodeURI(asked.url.slice(new URL(BASE).origin.length))), " ",
    element("span", { class: `code ${asked.status >= 400 || !asked.status ? "bad" : ""}` }, String(status)), " ",
    element("span", { class: "took" }, `${asked.milliseconds} ms`));
}

function command(asked) {
  return element("div", { class: "command" },
    element("code", { tabindex: "0" }, curl(asked)),
    element("span", { class: "when" }, atSeconds(asked.at)), copyButton(asked));
}

// A button that copies a call. `asked` may be a function that describes it at the moment of the click.
export function copyButton(asked) {
  const shown = element("span", {}, "Copy as curl");
  const button = element("button", { type: "button", class: "quiet small copy", title: "Copy as curl", "aria-label": "Copy as curl" }, icon("copy"), shown);
  button.addEventListener("click", async () => {
    const text = curl(typeof asked === "function" ? asked() : asked);
    const done = await copy(text);
    shown.textContent = done ? "Copied" : "Not allowed here: open All calls";
    say(shown.textContent);
    setTimeout(() => { shown.textContent = "Copy as curl"; }, 2000);
  });
  return button;
}

// A command that can be seen before it is sent: <details> that describes the call anew each time it is opened.
export function preview(describe) {
  const code = element("code", { tabindex: "0" });
  const details = element("details", { class: "preview" }, element("summary", {}, "The call", unseen(" as curl")),
    element("div", { class: "command" }, code, copyButton(describe)));
  const refresh = () => { if (details.open) code.textContent = curl(describe()); };
  details.addEventListener("toggle", refresh);
  return { details, refresh };
}
