// SPDX-License-Identifier: GPL-2.0-or-later
// What the help desk's administrator asks of a new ticket: topics and their forms, as the API lists them.
import { call } from "../api.js";

// [{id, path}], by their paths; none where the help desk has none for customers.
export async function topics(signal) {
  const { data } = await call("GET", "/topics.json", { signal });
  return data.topics;
}

// The forms of a topic ("" for none) that a customer fills in: who he is the help desk knows.
export async function formsOf(topic, signal) {
  const { data } = await call("GET", "/forms.json", { query: { topic }, signal });
  return data.forms.filter((form) => form.kind !== "user");
}

let rules; // of files at a message: undefined until it is known

// What may come along with a message, as the ticket form has it; null: nothing.
export async function messageFiles() {
  if (rules === undefined) {
    const forms = await formsOf("", null);
    rules = forms.find((form) => form.kind === "ticket")?.fields.find((field) => field.type === "thread")?.files ?? null;
  }
  return rules;
}
