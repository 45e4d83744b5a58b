// SPDX-License-Identifier: GPL-2.0-or-later
// The search: `q` of the list, for keys with the scope search. What is found comes best first, in every state unless one
// is chosen.
import { find } from "./dom.js";
import { go, where } from "./route.js";

export function startSearch() {
  const input = find("search-text");
  find("search").addEventListener("submit", (event) => {
    event.preventDefault();
    ask(input.value.trim());
  });
  // The cross in the field.
  input.addEventListener("search", () => { if (input.value === "") ask(""); });
}

function ask(words) {
  const { number, filters } = where();
  if ((filters.q ?? "") === words) return;
  const { q, cursor, sort, state, ...others } = filters;
  go(words ? { number, filters: { ...others, q: words } } : { number, filters: { ...others, state: state ?? "open" } });
}

export function showSearch(filters) {
  if (document.activeElement !== find("search-text")) find("search-text").value = filters.q ?? "";
}
