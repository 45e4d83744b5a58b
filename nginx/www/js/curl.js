// SPDX-License-Identifier: GPL-2.0-or-later
// A call as a command for a shell. The key is not in it: whoever pastes it says KEY=… first.

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// `asked` as api.js describes it.
export function curl(asked) {
  const words = ["curl"];
  if (asked.method !== "GET") words.push("-X", asked.method);
  words.push("-H", '"X-API-Key: $KEY"');
  for (const [name, value] of Object.entries(asked.headers)) words.push("-H", quoted(`${name}: ${value}`));
  if (asked.body !== undefined) words.push("--data", quoted(asked.body));
  if (asked.saves) words.push("-OJ");
  words.push(quoted(asked.url));
  return words.join(" ");
}

// Into the clipboard; false where the page may not (a page by plain HTTP): then the text is to be selected by hand.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
