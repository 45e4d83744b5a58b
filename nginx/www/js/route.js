// SPDX-License-Identifier: GPL-2.0-or-later
// What the page shows stands behind the # of its address, so that back, forward, reload and bookmarks work:
// "#/310042?state=open&cursor=…" is ticket 310042 beside a list. Nothing of it reaches the server, and the key is not in it.

export const USUAL = { state: "open" };

// {number (or null), filters (names and values, cursor among them)}
export function where() {
  const [path, query] = splitOnce(location.hash.replace(/^#\/?/, ""), "?");
  return { number: decode(path) || null, filters: query === null ? { ...USUAL } : Object.fromEntries(new URLSearchParams(query)) };
}

export function href({ number = null, filters = {} }) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ""));
  return `#/${number === null ? "" : encodeURIComponent(number)}?${query}`;
}

export function go(place) {
  location.hash = href(place);
}

function splitOnce(text, sign) {
  const at = text.indexOf(sign);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
