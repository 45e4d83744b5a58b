// SPDX-License-Identifier: GPL-2.0-or-later
// Elements without markup: whatever anybody wrote goes in as text, so nothing of it can become an element or run.

const SVG = "http://www.w3.org/2000/svg";

// element("a", {href: "#", class: "row", onclick: go}, "text", otherElement, null): null children and properties that are
// null or false are left out; a property "on…" is a listener.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// An icon of icon.svg; it says nothing to who hears the page.
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `icon.svg#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// Text for who hears the page only.
export function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

// What is on its way, in so many lines.
export function bones(lines) {
  return element("div", { class: "waiting", "aria-hidden": "true" }, ...Array.from({ length: lines }, () => element("div", { class: "bone" })));
}

export function find(id) {
  return document.getElementById(id);
}

// Says it to who hears the page.
export function say(text) {
  const place = find("said");
  place.textContent = "";
  // Another turn: the same sentence twice is two announcements.
  setTimeout(() => { place.textContent = text; }, 50);
}
