// SPDX-License-Identifier: GPL-2.0-or-later
// The token, which stands for the customer in the place of a key: the site's own back end signs it for who is signed in there
// (POST, answered by {"token": "…"}, and a "name" to show if it likes). It is kept in memory only, renewed when four fifths of its
// time are over, and once where the help desk refuses it.
import { Failure } from "../failure.js";

const SECONDS = 20;
const PLACE = new URL(document.querySelector('meta[name="token"]').content, location.href).href;
let held = null;   // {text, until, subject, name}
let asking = null; // one request at a time

// What the back end said in the place of a token.
export class TokenFailure extends Failure {
  get signIn() {
    return this.status === 401;
  }

  get sentence() {
    if (this.signIn) return "You are not signed in here, or no longer.";
    return this.status ? "This site cannot say at the moment who you are." : "This site cannot be reached. Is the network there?";
  }

  // For who runs the site.
  get cause() {
    if (this.signIn) return null;
    return `POST ${PLACE} ${this.status === 200 ? "answers without a token" : this.status ? `answers ${this.status}` : "is not answered"}. Wanted is 200 with {"token": "…"}.`;
  }
}

// As proveBy() of api.js takes it.
export const proof = {
  headers: async () => ({ Authorization: `Bearer ${(await token()).text}` }),
  renew: async () => Boolean(await renewed()),
};

export async function token() {
  return held && Date.now() < held.until ? held : renewed();
}

// Another token; throws TokenFailure where there is none.
function renewed() {
  asking ??= ask().finally(() => { asking = null; });
  return asking;
}

async function ask() {
  const got = await answer(), said = claims(got.token);
  if (!said) throw new TokenFailure(200);
  if (held && held.subject !== said.sub) return somebodyElse();
  // By its length: the clock of this machine may be another.
  held = { text: got.token, until: Date.now() + Math.max(said.exp - said.iat, 5) * 800, subject: said.sub, name: got.name ?? (said.sub.includes("@") ? said.sub : "") };
  return held;
}

// Has signed in: nothing of the first may stay, and what he was about to send is not sent in the other's name.
function somebodyElse() {
  location.reload();
  return new Promise(() => {});
}

async function answer() {
  let response;
  try {
    response = await fetch(PLACE, { method: "POST", credentials: "same-origin", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(SECONDS * 1000) });
  } catch {
    throw new TokenFailure(0);
  }
  if (!response.ok) throw new TokenFailure(response.status, {}, response.headers);
  return response.json().catch(() => ({}));
}

// What the token says, as far as this page needs it; null where it is none.
function claims(text) {
  try {
    const part = text.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const said = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (sign) => sign.charCodeAt(0))));
    return typeof said.sub === "string" && said.exp > said.iat ? said : null;
  } catch {
    return null;
  }
}
