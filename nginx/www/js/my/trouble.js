// SPDX-License-Identifier: GPL-2.0-or-later
// What is said to a customer where something went wrong: what to do, and in a part to open what whoever runs the site has to know.
import { BASE } from "../api.js";
import { element } from "../dom.js";
import { Failure, speak, told } from "../failure.js";
import { showFailure } from "../notice.js";
import { TokenFailure } from "./token.js";

const SIGN_IN = document.querySelector('meta[name="sign-in"]').content;

speak({
  401: () => "The help desk does not take what this site signed for you.",
  403: (failure) => (failure.word === "scope" ? "This page may not do that for you." : told(failure, "That is not allowed.")),
  404: () => "There is no such ticket among yours.",
});

// As showFailure() of notice.js; with a link to sign in where that helps.
export function showTrouble(place, error, options = {}) {
  const cause = causeOf(error);
  const ways = [
    ...(options.ways ?? []),
    error instanceof TokenFailure && error.signIn ? signInLink() : null,
    cause ? element("details", {}, element("summary", {}, "For who runs this site"), element("p", {}, cause)) : null,
  ];
  showFailure(place, error, { ...options, ways });
}

// Null where the page does not know where one signs in.
export function signInLink() {
  return SIGN_IN ? element("p", { class: "ways" }, element("a", { class: "button primary", href: SIGN_IN }, "Sign in")) : null;
}

// The token was renewed before a 401 is shown, so that it is not its age.
function causeOf(error) {
  if (error instanceof TokenFailure) return error.cause;
  if (!(error instanceof Failure)) return null;
  if (error.status === 401) {
    return `A new token was refused as well. The key that signs has to be active, with "--tokens on", the scope tokens and "--origins ${location.origin}", since that is where this page is; `
      + `kid is the key's number, the secret its own, aud osticket-fcgi, exp at most an hour after iat, and sub somebody whom the help desk knows and has not locked. ${inLog(error)}`;
  }
  if (error.status === 403 && error.word === "scope") return `${error.told}. A token may what it says, and never more than its key (osticket-fcgi key set ID --scopes).`;
  if (error.status === 0 && new URL(BASE).origin !== location.origin) return `If ${BASE} can be reached: some key with tokens has to name "--origins ${location.origin}", and the web server must not answer OPTIONS itself.`;
  return null;
}

function inLog(failure) {
  return failure.request ? `Its log has it under ${failure.request}.` : "";
}
