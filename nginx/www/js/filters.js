// SPDX-License-Identifier: GPL-2.0-or-later
// The filters of the list: a form whose names and values are the parameters of GET /tickets.json. A change of one asks anew;
// what the server finds wrong (422) is said at the field.
import { element, find, icon } from "./dom.js";
import { go, where } from "./route.js";
import { suggestions } from "./suggest.js";

// Name, label, and either the values to choose from ([value, what it is called]) or nothing: a text to be typed.
const STATES = [["open", "Open"], ["closed", "Closed"], ["", "All"]];
const ANY = ["", "any"];
const FIELDS = [
  ["department", "Department"],
  ["staff", "Agent"],
  ["priority", "Priority"],
  ["status", "Status"],
  ["email", "From (address)", null, "email"],
  ["source", "Came by", [ANY, ["Email", "e-mail"], ["Web", "web"], ["Phone", "phone"], ["API", "API"], ["Other", "other"]]],
  ["assigned", "Assigned", [ANY, ["yes", "to somebody"], ["no", "to nobody"]]],
  ["answered", "Answered", [ANY, ["1", "yes"], ["0", "not yet"]]],
  ["overdue", "Overdue", [ANY, ["1", "yes"], ["0", "no"]]],
  ["created_since", "Created", [["", "at any time"], ["-24h", "in a day"], ["-7d", "in a week"], ["-30d", "in a month"], ["-365d", "in a year"]]],
  ["sort", "Order", [["", "newest first"], ["created", "oldest first"], ["-updated", "last changed first"], ["due", "due first"], ["priority", "most urgent first"]]],
];
const LABELS = Object.fromEntries(FIELDS.map(([name, label]) => [name, label]));

let form, more, toggle, chips;

export function startFilters() {
  form = find("filters");
  more = element("div", { class: "more", id: "more-filters", hidden: true }, ...FIELDS.map(field));
  toggle = element("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "more-filters", onclick: () => open(more.hidden) },
    icon("filter"), "Filters");
  chips = element("ul", { class: "chips", "aria-label": "Filters that hold" });
  form.replaceChildren(element("div", { class: "first" }, states(), toggle), more, chips);
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
}

function open(wanted) {
  more.hidden = !wanted;
  toggle.setAttribute("aria-expanded", String(wanted));
}

function states() {
  return element("fieldset", { class: "states" }, element("legend", { class: "unseen" }, "State"),
    ...STATES.map(([value, label]) => element("label", {}, element("input", { type: "radio", name: "state", value }), element("span", {}, label))));
}

function field([name, label, values, type]) {
  const id = `filter-${name}`;
  const control = values
    ? element("select", { id, name }, ...values.map(([value, called]) => element("option", { value }, called)))
    : element("input", { id, name, type: type === "email" ? "email" : "text", autocomplete: "off", list: `${id}-known`, maxlength: 200, "aria-describedby": `${id}-wrong` });
  return element("div", { class: "field" }, element("label", { for: id }, label), control,
    values ? null : suggestions(name, `${id}-known`), element("p", { class: "error", id: `${id}-wrong` }));
}

// The form shows what the address says.
export function showFilters(filters) {
  for (const control of form.elements) {
    if (control.type === "radio") control.checked = control.value === (filters.state ?? "");
    else if (control.name) control.value = filters[control.name] ?? "";
  }
  const held = Object.entries(filters).filter(([name]) => name in LABELS && name !== "sort");
  chips.replaceChildren(...held.map(([name, value]) => chip(name, value)));
  chips.hidden = held.length === 0;
  showWrong({});
}

function chip(name, value) {
  const values = FIELDS.find(([known]) => known === name)[2];
  const called = values?.find(([known]) => known === value)?.[1] ?? value;
  return element("li", {}, element("button", { type: "button", class: "chip", "aria-label": `Without ${LABELS[name]} ${called}`, onclick: () => change({ [name]: "" }) },
    `${LABELS[name]}: ${called}`, icon("close")));
}

// {name: sentence} of the parameters that the server refuses. True where one of them is a field here.
export function showWrong(fields) {
  let shown = false;
  for (const [name] of FIELDS) {
    const control = form.elements[name], wrong = find(`filter-${name}-wrong`);
    const told = fields[name] ?? "";
    wrong.textContent = told;
    if (told) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    shown ||= told !== "";
  }
  if (shown) open(true);
  return shown;
}

function apply() {
  change(Object.fromEntries(new FormData(form)));
}

// Other filters: the first page of what they let through, with the ticket that is open.
export function change(others) {
  const { number, filters } = where();
  const next = { ...filters, ...others, cursor: "" };
  go({ number, filters: Object.fromEntries(Object.entries(next).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== "")) });
}
