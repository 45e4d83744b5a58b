// SPDX-License-Identifier: GPL-2.0-or-later
// A field of a help desk's form as a control, whatever it is of: made by what /forms.json says of it, read as POST /tickets.json
// takes it. A plugin's ("opaque") is none of them.
import { bodyOf } from "../body.js";
import { element } from "../dom.js";
import { fileChooser } from "./choose_files.js";

const KINDS = { text, memo, bool, phone, choices, priority: choices, datetime, thread, files, info, break: line };
const INPUTS = { email: { type: "email" }, phone: { type: "tel" }, number: { inputmode: "decimal" }, ip: { inputmode: "text", autocapitalize: "off", spellcheck: "false" } };
let made = 0; // ids

// {name, element, value(), kept(), set(kept), files(), complaint(), wrong(text), control}: value() undefined: nothing was filled in;
// name null: nothing to fill in. {chooser, wrongFiles(text)} where files come along with a text.
export function drawField(field) {
  const id = `field-${++made}`;
  const drawn = KINDS[field.type.startsWith("list-") ? "choices" : field.type](field, id);
  if (!drawn.control) return { name: null, element: drawn.element, files: () => [], complaint: () => "" };
  const wrong = element("p", { class: "error", id: `${id}-wrong` });
  describe(drawn.control, field, id);
  (drawn.chooser ? drawn.control : drawn.element.lastElementChild).after(...(field.hint ? [element("p", { class: "hint", id: `${id}-hint` }, field.hint)] : []), wrong);
  return {
    files: () => [], name: field.name ?? String(field.id), kept: () => drawn.value() ?? "", ...drawn,
    complaint: () => (field.required && drawn.empty() ? drawn.wanted ?? "Please fill this in." : drawn.complaint?.() ?? ""),
    wrong: (text) => {
      wrong.textContent = text;
      if (text) drawn.control.setAttribute("aria-invalid", "true");
      else drawn.control.removeAttribute("aria-invalid");
    },
  };
}

function describe(control, field, id) {
  const by = [control.getAttribute("aria-describedby"), field.hint ? `${id}-hint` : null, `${id}-wrong`].filter(Boolean);
  control.setAttribute("aria-describedby", [...new Set(by.join(" ").split(" "))].join(" "));
  if (field.required && control.type !== "file") control.setAttribute("aria-required", "true");
}

function label(field, id) {
  return element("label", { for: id }, ...named(field));
}

function named(field) {
  return [field.label || "Without a name", field.required ? element("span", { class: "needed", title: "has to be filled in" }, " *") : null];
}

function framed(...children) {
  return element("div", { class: "field" }, ...children);
}

// A control whose text is the value; kept() is what set() takes.
function ofText(control, frame) {
  return {
    element: frame, control, value: () => control.value.trim() || undefined, kept: () => control.value, set: (value) => { control.value = value; }, empty: () => control.value.trim() === "",
  };
}

// ---- kinds -----------------------------------------------------------------------------------------------------------
function text(field, id) {
  const input = element("input", { id, type: "text", autocomplete: "off", maxlength: field.max_length || null, placeholder: field.placeholder, ...INPUTS[field.validator] });
  return ofText(input, framed(label(field, id), input));
}

function memo(field, id) {
  const area = element("textarea", { id, rows: Math.min(Math.max(field.rows || 4, 3), 12), maxlength: field.max_length || null, placeholder: field.placeholder });
  const drawn = ofText(area, framed(label(field, id), area));
  return field.html ? { ...drawn, value: () => markup(drawn.value()) } : drawn;
}

// What is typed is text: where the help desk reads markup, its signs stand for themselves.
function markup(typed) {
  return typed?.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]).replaceAll("\n", "<br>");
}

function bool(field, id) {
  const box = element("input", { id, type: "checkbox" });
  const words = field.description || field.label || "Yes";
  const frame = framed(field.description ? element("span", { class: "label" }, ...named(field)) : null,
    element("label", { class: "check" }, box, element("span", {}, words, field.description || !field.required ? null : element("span", { class: "needed" }, " *"))));
  return { element: frame, control: box, value: () => box.checked, set: (value) => { box.checked = value; }, empty: () => !box.checked, wanted: "Please tick this." };
}

// "5551234X7": the extension behind an X, as osTicket keeps it.
function phone(field, id) {
  const number = element("input", { id, type: "tel", autocomplete: "tel", maxlength: 50 });
  const extension = field.extension ? element("input", { id: `${id}-ext`, type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 10, class: "extension" }) : null;
  const frame = framed(label(field, id), element("div", { class: "phone" }, number, ...(extension ? [element("label", { for: `${id}-ext` }, "Ext."), extension] : [])));
  return {
    ...ofText(number, frame),
    value: () => (number.value.trim() ? number.value.trim() + (extension?.value.trim() ? `X${extension.value.trim()}` : "") : undefined),
    kept: () => [number.value, extension?.value ?? ""],
    set: (kept) => { [number.value, (extension ?? {}).value] = kept; },
  };
}

function choices(field, id) {
  return field.multiple ? several(field, id) : one(field, id);
}

function one(field, id) {
  const select = element("select", { id }, element("option", { value: "" }, field.prompt || (field.required ? "Please choose" : "—")),
    ...field.choices.map(({ key, label: called }) => element("option", { value: key }, called)));
  select.value = field.choices.some(({ key }) => key === field.default) ? field.default : "";
  return { ...ofText(select, framed(label(field, id), select)), wanted: "Please choose." };
}

function several(field, id) {
  const boxes = field.choices.map(({ key }) => element("input", { type: "checkbox", value: key, checked: key === field.default }));
  const set = element("fieldset", { id, class: "several", role: "group" }, element("legend", {}, ...named(field)),
    ...field.choices.map(({ label: called }, place) => element("label", { class: "check" }, boxes[place], element("span", {}, called))));
  const value = () => boxes.filter((box) => box.checked).map((box) => box.value);
  set.focus = () => boxes[0]?.focus();
  return { element: framed(set), control: set, value: () => (value().length ? value() : undefined), set: (keys) => boxes.forEach((box) => { box.checked = keys.includes(box.value); }), empty: () => !value().length, wanted: "Please choose." };
}

// "2026-03-05 10:20", or a date alone.
function datetime(field, id) {
  const input = element("input", { id, type: field.time ? "datetime-local" : "date" });
  const frame = framed(label(field, id), input, field.time && field.timezone ? element("p", { class: "hint" }, `As the clock says in ${field.timezone}.`) : null);
  return { ...ofText(input, frame), value: () => input.value.replace("T", " ") || undefined };
}

// The message, and what comes along with it.
function thread(field, id) {
  const area = element("textarea", { id, rows: 8 });
  if (!field.files) return ofText(area, framed(label(field, id), area));
  const chooser = fileChooser(`${id}-files`, field.files), wrong = element("p", { class: "error", id: `${id}-files-wrong` });
  return { ...ofText(area, framed(label(field, id), area, chooser.element, wrong)), files: chooser.files, chooser, wrongFiles: (text) => { wrong.textContent = text; } };
}

// The API takes files with the message alone: they go along there.
function files(field, id) {
  const chooser = fileChooser(id, field.files);
  return {
    element: framed(element("span", { class: "label" }, ...named(field)), chooser.element), control: chooser.control, files: chooser.files, complaint: chooser.complaint,
    value: () => undefined, set: () => {}, empty: () => !chooser.files().length, wanted: "Please add a file.",
  };
}

// ---- nothing to fill in ----------------------------------------------------------------------------------------------
function info(field) {
  return { element: element("div", { class: "said" }, field.label ? element("h4", {}, field.label) : null, bodyOf({ format: "html", body: field.content ?? "" }, () => null)) };
}

function line(field) {
  return { element: element("h4", { class: "line" }, field.label || "") };
}
