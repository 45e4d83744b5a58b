// SPDX-License-Identifier: GPL-2.0-or-later
// Sends what a customer wrote, with files beside it, and once: what is sent again because no answer came has the same
// Idempotency-Key, until something of it is another.
import { call } from "../api.js";
import { element } from "../dom.js";
import { Failure } from "../failure.js";
import { clear } from "../notice.js";
import { onceKey } from "../once.js";
import { showTrouble } from "./trouble.js";

const UNKNOWN = new Set([0, 1, 502, 504]); // whether it was carried out

export class Sending {
  // `button` sends, `notice` is where trouble is said, wrong(fields) shows what is wrong at its field and gives the first of them.
  constructor({ button, notice, wrong }) {
    Object.assign(this, { button, notice, wrong, key: null });
  }

  // What is to be sent is another.
  changed() {
    this.key = null;
  }

  // The answer, or null where there is none: it was said why. `part` names the JSON where files go along.
  async send(path, part, body, files, headers = {}) {
    if (this.button.getAttribute("aria-busy") === "true") return null;
    const words = this.button.textContent;
    this.button.setAttribute("aria-busy", "true");
    this.button.textContent = "Sending …";
    clear(this.notice);
    this.wrong({});
    this.key ??= onceKey();
    try {
      const { data } = await call("POST", path, { body: files.length ? formOf(part, body, files) : body, headers: { "Idempotency-Key": this.key, ...headers } });
      this.key = null;
      return data;
    } catch (error) {
      this.trouble(error);
      return null;
    } finally {
      this.button.removeAttribute("aria-busy");
      this.button.textContent = words;
    }
  }

  trouble(error) {
    const first = error instanceof Failure ? this.wrong(error.fields) : null;
    if (first) return void first.focus();
    const ways = error instanceof Failure && UNKNOWN.has(error.status) ? [element("p", {}, "Sending it again is safe: it is carried out once.")] : [];
    showTrouble(this.notice, error, { ways });
    this.notice.scrollIntoView({ block: "nearest" });
  }
}

function formOf(part, body, files) {
  const form = new FormData();
  form.append(part, new Blob([JSON.stringify(body)], { type: "application/json" }));
  for (const file of files) form.append("files", file);
  return form;
}
