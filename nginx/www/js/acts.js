// SPDX-License-Identifier: GPL-2.0-or-later
// Acting on the open ticket as an agent. Two headers make a POST safe: If-Match, the ticket as it stands here (412 where somebody
// changed it meanwhile), and Idempotency-Key, one a draft: a draft that is sent twice, because no answer came, is carried out
// once. What was typed stays until it is done.
import { ACTS } from "./act_forms.js";
import { call, describe, ticketPath } from "./api.js";
import { preview } from "./calls.js";
import { element, find, say } from "./dom.js";
import { Failure } from "./failure.js";
import { ADDED, keyRights, may } from "./key.js";
import { clear, showFailure } from "./notice.js";
import { onceKey } from "./once.js";

const AGENT = "osticket-fcgi-agent";
const drafts = new Map(); // "310042 note": what was typed

export function forgetDrafts() {
  drafts.clear();
  sessionStorage.removeItem(AGENT);
}

// Null where the key may not act, or nobody acts with it. `open` is the ticket (ticket.js).
export function actsOf(open) {
  const rights = keyRights(), offered = ACTS.filter((act) => may(act.scope));
  if (!offered.length || !(rights.staff || rights.any_staff || rights.system)) return null;
  const forms = offered.map((act) => new Act(act, open));
  const bar = element("div", { class: "act-bar" }, ...forms.map((form) => form.toggle), element("span", { class: "gap" }), agent(rights));
  for (const form of forms) form.toggle.addEventListener("click", () => forms.forEach((one) => one.show(one === form && form.element.hidden)));
  const made = element("section", { class: "acts", "aria-label": "Act on the ticket" }, bar, ...forms.map((form) => form.element));
  return { element: made, fill: () => forms.forEach((form) => form.fill()) };
}

// Who acts: the key's agent, or whom somebody names once a tab.
function agent(rights) {
  if (rights.staff) return element("span", { class: "soft" }, `as ${rights.staff.name ?? rights.staff.username}`);
  if (ADDED) return element("span", { class: "soft" }, "as who is signed in"); // the web server says who
  if (!rights.any_staff) return element("span", { class: "soft" }, "as the system");
  const input = element("input", { type: "text", id: "agent", autocomplete: "off", list: "filter-staff-known", placeholder: rights.system ? "the system" : "user name" });
  input.value = sessionStorage.getItem(AGENT) ?? "";
  input.addEventListener("input", () => sessionStorage.setItem(AGENT, input.value.trim()));
  return element("span", { class: "as" }, element("label", { for: "agent" }, "as"), input);
}

class Act {
  constructor(act, open) {
    this.act = act;
    this.open = open;
    this.draft = `${open.number} ${act.name}`;
    this.token = null; // Idempotency-Key of what is typed
    this.toggle = element("button", { type: "button", "aria-expanded": "false", "aria-controls": `act-${act.name}` });
    this.button = element("button", { type: "submit", class: "primary" });
    this.notice = element("div", {});
    this.preview = preview(() => this.described());
    this.element = element("form", { class: "act", id: `act-${act.name}`, hidden: true, onsubmit: (event) => { event.preventDefault(); this.send(); } },
      element("div", { class: "act-fields" }, ...act.controls()), this.notice, element("p", { class: "ways" }, this.button), this.preview.details);
    this.element.addEventListener("input", () => this.typed());
    this.element.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.ctrlKey) this.element.requestSubmit(); });
    for (const [name, value] of Object.entries(drafts.get(this.draft) ?? {})) this.element.elements[name].value = value;
    this.fill();
  }

  // The ticket is another.
  fill() {
    const { ticket } = this.open.data, words = (text) => (typeof text === "function" ? text(ticket) : text);
    this.toggle.textContent = words(this.act.label);
    this.button.textContent = words(this.act.send);
    this.preview.refresh();
  }

  show(wanted) {
    this.element.hidden = !wanted;
    this.toggle.setAttribute("aria-expanded", String(wanted));
    if (wanted) this.element.querySelector("textarea, input").focus();
  }

  values() {
    return Object.fromEntries([...new FormData(this.element)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ""));
  }

  typed() {
    drafts.set(this.draft, this.values());
    this.token = null; // another request
    this.wrong({});
    this.preview.refresh();
  }

  request() {
    const { act, open } = this, values = this.values(), name = find("agent")?.value.trim();
    this.token ??= onceKey();
    const headers = { "Idempotency-Key": this.token, ...(open.etag ? { "If-Match": open.etag } : {}), ...(name ? { "X-Act-As": encodeName(name) } : {}) };
    return [ticketPath(open.number, act.path), { body: act.body ? act.body(values, open.data.ticket) : values, headers }];
  }

  described() {
    return describe("POST", ...this.request());
  }

  async send() {
    if (this.button.disabled) return;
    this.button.disabled = true;
    this.wrong({});
    clear(this.notice);
    try {
      await call("POST", ...this.request());
      this.done();
    } catch (error) {
      this.trouble(error);
    } finally {
      this.button.disabled = false;
    }
  }

  done() {
    this.element.reset();
    this.typed();
    drafts.delete(this.draft);
    this.show(false);
    this.toggle.focus();
    say(this.act.done);
    this.open.look();
    document.dispatchEvent(new CustomEvent("acted"));
  }

  // Whatever it was, what was typed is still there, and sending it again with the same token does it once.
  trouble(error) {
    const { status, fields } = error instanceof Failure ? error : { status: null, fields: {} };
    const ways = status === 412 ? [element("p", { class: "ways" }, element("button", { type: "button", onclick: () => this.renew() }, "Show what is new"))]
      : [0, 1, 502, 504].includes(status) ? [element("p", {}, "Sending it again is safe: it is carried out once.")] : [];
    const wrong = this.wrong(fields);
    if (wrong) wrong.focus();
    else showFailure(this.notice, error, { ways });
  }

  async renew() {
    await this.open.look();
    clear(this.notice);
    this.preview.refresh();
    this.button.focus();
  }

  // {name: sentence} at the controls; the first of them, or undefined.
  wrong(fields) {
    const controls = [...this.element.elements].filter((control) => control.name);
    for (const control of controls) {
      find(`${control.id}-wrong`)?.replaceChildren(fields[control.name] ?? "");
      if (fields[control.name]) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    return controls.find((control) => fields[control.name]);
  }
}

// A header carries bytes; the server reads UTF-8.
function encodeName(name) {
  return String.fromCharCode(...new TextEncoder().encode(name));
}
