// SPDX-License-Identifier: GPL-2.0-or-later
// The key: in the tab's session storage, which ends with the tab and is no other page's; never in an address. Or the web server adds
// it behind a sign-in of its own, and this page never sees it.

const PLACE = "osticket-fcgi-key";
export const ADDED = document.querySelector('meta[name="key"]')?.content === "added";
let rights = null; // what GET /key.json says of it

export function key() {
  return sessionStorage.getItem(PLACE);
}

export function keep(text) {
  sessionStorage.setItem(PLACE, text);
}

export function forget() {
  sessionStorage.removeItem(PLACE);
  rights = null;
}

export function know(what) {
  rights = what;
}

export function keyRights() {
  return rights;
}

export function may(scope) {
  return Boolean(rights?.scopes.includes(scope));
}
