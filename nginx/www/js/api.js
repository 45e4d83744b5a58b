// SPDX-License-Identifier: GPL-2.0-or-later
// One call of the API: what proves who asks goes along in a header, what comes back is data or a Failure. Each call is told to
// whoever listens for "call" on the document (calls.js shows them).
import { Failure } from "./failure.js";
import { ADDED, key } from "./key.js";

const SECONDS = 60; // nginx gives up after 70
let proof = { headers: async () => (ADDED ? {} : { "X-API-Key": key() ?? "" }), renew: async () => false };
export const BASE = new URL(`${document.querySelector('meta[name="api"]').content}/`, location.href).href.replace(/\/$/, "");

// Another proof than the key: headers() are its headers, renew() what to do where it was refused (401): true if there is another.
export function proveBy(another) {
  proof = another;
}

// "/tickets.json" and {state: "open"} to the whole address; empty values are left out.
export function address(path, query = {}) {
  const url = new URL(BASE + path);
  for (const [name, value] of Object.entries(query)) if (value !== "" && value !== null && value !== undefined) url.searchParams.set(name, value);
  // A comma and a colon may stand in a query as they are, and are read more easily.
  return url.href.replace(/%2C/g, ",").replace(/%3A/g, ":");
}

// A ticket's number in a path: numbers may hold any sign.
export function ticketPath(number, rest = ".json") {
  return `/tickets/${encodeURIComponent(number).replace(/%3A/g, ":")}${rest}`;
}

// options: query, body (an object, sent as JSON; or a FormData), headers, take ("json" or "blob"), signal, progress (part of 1).
// Gives {status, data, etag}; 304 gives data null. Throws Failure, or AbortError where `signal` ended it.
export async function call(method, path, options = {}) {
  const asked = describe(method, path, options);
  const begun = performance.now();
  try {
    let response = await send(asked, options);
    if (response.status === 401 && await proof.renew()) response = await send(asked, options);
    asked.status = response.status;
    if (response.status === 304) return { status: 304, data: null, etag: response.headers.get("ETag") };
    if (!response.ok) throw new Failure(response.status, await readFailure(response), response.headers);
    const data = options.take === "blob" ? await readBlob(response, options.progress) : await response.json();
    return { status: response.status, data, etag: response.headers.get("ETag") };
  } catch (error) {
    if (error instanceof Failure || options.signal?.aborted) throw error;
    throw new Failure(error.name === "TimeoutError" ? 1 : 0);
  } finally {
    asked.milliseconds = Math.round(performance.now() - begun);
    if (!options.signal?.aborted) document.dispatchEvent(new CustomEvent("call", { detail: asked }));
  }
}

async function send(asked, options) {
  const headers = { ...await proof.headers(), ...asked.headers };
  return fetch(asked.url, {
    method: asked.method, body: asked.body, headers, cache: "no-store", credentials: ADDED ? "same-origin" : "omit", referrerPolicy: "no-referrer", redirect: "error",
    signal: AbortSignal.any([AbortSignal.timeout(SECONDS * 1000), ...(options.signal ? [options.signal] : [])]),
  });
}

// What is about to be asked, without asking it: for who wants to see the call first.
export function describe(method, path, options = {}) {
  const form = options.body instanceof FormData; // of which the browser says the type
  const body = options.body === undefined || form ? options.body : JSON.stringify(options.body);
  return {
    method, url: address(path, options.query), body, saves: options.take === "blob",
    headers: { ...(body === undefined || form ? {} : { "Content-Type": "application/json" }), ...options.headers },
  };
}

async function readFailure(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return response.headers.get("Content-Type")?.startsWith("text/plain") ? { status_msg: text.slice(0, 300) } : {};
  }
}

async function readBlob(response, progress = () => {}) {
  const whole = Number(response.headers.get("Content-Length")), parts = [];
  let got = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    got += value.length;
    if (whole) progress(got / whole);
  }
  return new Blob(parts, { type: response.headers.get("Content-Type") ?? "" });
}
