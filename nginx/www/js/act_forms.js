// SPDX-License-Identifier: GPL-2.0-or-later
// What an agent can do to a ticket, a form each: the controls are named as the members of the request's body.
import { element } from "./dom.js";

// scope: which the key needs; path: behind the ticket's; label, send, done: what is said; controls(): made anew for each ticket;
// body(values, ticket): what is sent, if it is more than what was filled in.
export const ACTS = [
  {
    name: "answer", scope: "reply", path: "/reply.json", label: "Answer", send: "Send the answer", done: "The answer is written.",
    controls: () => [
      area("response", "Your answer", 5, true),
      choice("to", "Mail to", [["all", "everybody in it"], ["user", "the customer"], ["none", "nobody"]]),
      choice("signature", "Signature", [["none", "none"], ["mine", "mine"], ["dept", "the department's"]]),
      line("status", "Status then", { placeholder: "as it is", list: "filter-status-known" }),
    ],
  },
  {
    name: "note", scope: "note", path: "/note.json", label: "Note", send: "Write the note", done: "The note is written.",
    controls: () => [area("note", "Internal note: no customer sees it", 4, true), line("title", "Title")],
  },
  {
    name: "assign", scope: "assign", path: "/assign.json", label: "Assign", send: "Assign it", done: "It is assigned.",
    controls: () => [
      line("staff", "Agent", { placeholder: "user name or address", list: "filter-staff-known" }), line("team", "Team", { placeholder: "name" }),
      area("comments", "Comment", 2),
    ],
  },
  {
    name: "close", scope: "status", path: "/status.json", label: (ticket) => (isOpen(ticket) ? "Close" : "Open again"),
    send: (ticket) => (isOpen(ticket) ? "Close it" : "Open it again"), done: "The status is set.",
    controls: () => [line("status", "As", { placeholder: "the usual status", list: "filter-status-known" }), area("comments", "Comment", 2)],
    body: (values, ticket) => (values.status ? values : { state: isOpen(ticket) ? "closed" : "open", ...values }),
  },
];

function isOpen(ticket) {
  return ticket.status?.state === "open";
}

let made = 0; // ids of controls

function labelled(label, control, wide = false) {
  control.id = `act-${++made}`;
  const wrong = element("p", { class: "error", id: `${control.id}-wrong` });
  control.setAttribute("aria-describedby", wrong.id);
  return element("div", { class: wide ? "field wide" : "field" }, element("label", { for: control.id }, label), control, wrong);
}

function area(name, label, rows, required = false) {
  return labelled(label, element("textarea", { name, rows, required }), true);
}

function line(name, label, properties = {}) {
  return labelled(label, element("input", { name, type: "text", autocomplete: "off", maxlength: 255, ...properties }));
}

function choice(name, label, values) {
  return labelled(label, element("select", { name }, ...values.map(([value, called]) => element("option", { value }, called))));
}
