// SPDX-License-Identifier: GPL-2.0-or-later
// A new ticket: what it is about, then the form that the help desk's administrator made for that. What was filled in stays when
// another topic has fields of the same names, and until it is sent.
import { bodyOf } from "../body.js";
import { bones, element, find, say } from "../dom.js";
import { locks } from "../notice.js";
import { go } from "../route.js";
import { drawField } from "./fields.js";
import { formsOf, topics } from "./forms.js";
import { Sending } from "./sending.js";
import { showTrouble } from "./trouble.js";

const values = new Map(); // by the fields' names
let shown = null;         // {topic}: what stands there
let ending = null;        // of what is on its way

export function topicOf(hash) {
  const query = new URLSearchParams(hash.split("?")[1] ?? "");
  return query.get("topic") ?? "";
}

export async function showNew(topic, { again = false } = {}) {
  if (shown?.topic === topic && !again) return void find("new-title").focus();
  ending?.abort();
  ending = new AbortController();
  const { signal } = ending, first = shown === null || again;
  const notice = element("div", {});
  if (first) find("new").replaceChildren(title(), bones(5), notice);
  try {
    const there = await topics(signal);
    const chosen = topic || (there.length === 1 ? String(there[0].id) : "");
    const forms = chosen || !there.length ? await formsOf(chosen, signal) : null;
    if (signal.aborted) return;
    shown = { topic };
    build(there, chosen, forms);
    if (first) find("new-title").focus();
    else find("topic").focus();
  } catch (error) {
    if (signal.aborted) return;
    shown = null;
    find("new").replaceChildren(title(), notice);
    if (!locks(error)) showTrouble(notice, error, { again: () => showNew(topic, { again: true }) });
  }
}

export function forgetNew() {
  ending?.abort();
  values.clear();
  shown = null;
  find("new").replaceChildren();
}

function title() {
  return element("h2", { id: "new-title", tabindex: "-1" }, "New ticket");
}

function build(there, chosen, forms) {
  const select = element("select", { id: "topic" }, element("option", { value: "" }, "Please choose"),
    ...there.map((topic) => element("option", { value: String(topic.id), selected: String(topic.id) === chosen }, topic.path ?? topic.name)));
  select.addEventListener("change", () => { location.hash = select.value ? `#new?topic=${encodeURIComponent(select.value)}` : "#new"; });
  const choice = there.length ? element("div", { class: "field" }, element("label", { for: "topic" }, "What is it about?"), select) : null;
  find("new").replaceChildren(title(), ...[choice, forms ? formOf(chosen, forms) : null].filter(Boolean));
}

// A plugin's field is drawn by osTicket alone, and the server leaves such a ticket to it.
function elsewhere(field) {
  return element("p", { class: "notice" }, `A ticket about this is written on the help desk's own page: “${field.label || "one of its fields"}” can be filled in there only.`);
}

function formOf(topic, forms) {
  const foreign = forms.flatMap((form) => form.fields).find((field) => field.opaque);
  if (foreign) return elsewhere(foreign);
  const drawn = forms.map((form) => ({ ...form, fields: form.fields.map(drawField) })), fields = drawn.flatMap((form) => form.fields);
  const notice = element("div", {}), button = element("button", { type: "submit", class: "primary" }, "Send");
  const named = fields.filter((field) => field.name !== null);
  for (const field of named) if (values.has(field.name)) field.set(values.get(field.name));

  // What is said of a field that does not stand here is said by the notice.
  function wrong(said) {
    for (const field of named) {
      field.wrong(said[field.name] ?? "");
      field.wrongFiles?.("");
    }
    const files = said.attachments ? named.find((field) => field.files().length) : null;
    (files?.wrongFiles ?? files?.wrong)?.(said.attachments);
    const unknown = Object.keys(said).some((name) => said[name] && !(name === "attachments" && files) && !named.some((field) => field.name === name));
    return unknown ? null : named.find((field) => said[field.name])?.control ?? (files?.chooser ?? files)?.control ?? null;
  }
  const sending = new Sending({ button, notice, wrong });

  async function send() {
    const complaints = Object.fromEntries(named.map((field) => [field.name, field.complaint()]));
    complaints.attachments = named.map((field) => field.chooser?.complaint()).find(Boolean);
    const first = wrong(complaints);
    if (first) return void first.focus();
    const ticket = Object.fromEntries(named.map((field) => [field.name, field.value()]).filter(([, value]) => value !== undefined));
    const done = await sending.send("/tickets.json", "ticket", { ...(topic ? { topicId: Number(topic) } : {}), ...ticket }, named.flatMap((field) => field.files()), { Accept: "application/json; profile=ticket" });
    if (!done) return;
    forgetNew();
    say(`Ticket ${done.ticket.number} is there.`);
    go({ number: done.ticket.number || `id:${done.ticket.id}`, filters: { state: "open" } });
  }

  function changed() {
    sending.changed();
    for (const field of named) values.set(field.name, field.kept());
  }

  return element("form", { class: "new-form", novalidate: true, onsubmit: (event) => { event.preventDefault(); send(); }, oninput: changed, onchange: changed },
    ...drawn.map((form) => section(form)), element("p", { class: "hint" }, "What has a * has to be filled in."), notice, element("p", { class: "ways" }, button));
}

function section(form) {
  return element("section", { class: "part" }, form.title ? element("h3", {}, form.title) : null, form.instructions ? element("div", { class: "soft instructions" }, bodyOf({ format: "html", body: form.instructions }, () => null)) : null,
    ...form.fields.map((field) => field.element));
}
