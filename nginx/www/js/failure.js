// SPDX-License-Identifier: GPL-2.0-or-later
// What went wrong, and the sentence that tells it to a person in a hurry: what is, and what to do.

// A page whose readers have no key says some of it otherwise: {401: (failure) => "…"}.
export function speak(sentences) {
  Object.assign(SENTENCES, sentences);
}

export class Failure extends Error {
  // `answer` as the API writes it: {error, status_msg, errors, ids}; empty where nginx or nobody answered.
  constructor(status, answer = {}, headers = new Headers()) {
    super(answer.status_msg || `status ${status}`);
    this.status = status;
    this.word = answer.error ?? "";
    this.told = answer.status_msg ?? "";
    // "priority: none is called Hihg" stands at the field of that name.
    this.fields = Object.fromEntries(Object.entries(answer.errors ?? {}).map(([name, told]) => [name, without(String(told), `${name}: `)]));
    this.ids = answer.ids ?? [];
    this.request = headers.get("X-Request-Id") ?? "";
    this.wait = waitOf(headers.get("Retry-After"));
  }

  get sentence() {
    return (SENTENCES[this.status] ?? otherwise)(this);
  }
}

function without(text, start) {
  return text.startsWith(start) ? text.slice(start.length) : text;
}

// Seconds, or null where it does not help to ask again; an hour at most.
function waitOf(text) {
  const seconds = Number.parseInt(text ?? "", 10);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 1), 3600);
}

export function told(failure, otherwise) {
  return failure.told ? `${failure.told.replace(/[.\s]+$/, "")}.` : otherwise;
}

const SENTENCES = {
  0: () => "The server cannot be reached. Is the network there? Nothing was changed on this page.",
  1: () => "No answer came in time. It is not known whether the request was carried out: look before you send it again.",
  401: () => "This key is not taken: it is mistyped, switched off, expired, or bound to another address. Ask whoever gave it to you.",
  403: (failure) => failure.word === "scope"
    ? `${told(failure, "The key lacks a scope.")} Whoever runs the server can give it: osticket-fcgi key set.`
    : told(failure, "That is not allowed to this key."),
  404: (failure) => `${told(failure, "There is no such thing.").slice(0, -1)}, or none that this key may see.`,
  409: (failure) => failure.word === "ambiguous"
    ? "Several tickets have this number. Which one is meant?"
    : told(failure, "Something stands against it at the moment."),
  412: () => "Somebody changed the ticket meanwhile. Look at what is new, then send again.",
  413: (failure) => told(failure, "That is more than the server takes at once."),
  422: (failure) => told(failure, "Something that was asked for is unknown or cannot be."),
  429: () => "Too many requests in a short time.",
  501: (failure) => told(failure, "This server does not do that."),
  502: () => "The request broke off; it is not known whether it was carried out. Look before you send it again.",
  503: (failure) => failure.wait
    ? "The help desk's database is away for a moment. Nothing was written."
    : told(failure, "The help desk is away at the moment."),
  504: () => "No answer came in time. It is not known whether the request was carried out: look before you send it again.",
};

function otherwise(failure) {
  const named = failure.request ? ` The server's log has it under ${failure.request}.` : "";
  return `${told(failure, `The server answered with status ${failure.status}.`)}${named}`;
}
