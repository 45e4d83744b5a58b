// SPDX-License-Identifier: GPL-2.0-or-later
// Files of a ticket. The key goes along in a header, so neither <img src> nor <a href> can fetch one: the page does, and
// shows or saves what came (a blob).
import { call } from "./api.js";
import { element, icon, say, unseen } from "./dom.js";
import { Failure } from "./failure.js";
import { may } from "./key.js";

// What the server lets a page show, and nothing that could run.
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const LARGEST_PICTURE = 10 << 20;
const NO_SCOPE = "The key lacks the scope files";

const shown = new Set(); // addresses of blobs, to be given back
const fetches = new WeakMap(); // element: what fetches it once it comes near
const near = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    fetches.get(target)?.();
  }
}, { rootMargin: "400px" });

export function forgetFiles() {
  for (const url of shown) URL.revokeObjectURL(url);
  shown.clear();
  near.disconnect();
}

export function isPicture(file) {
  return PICTURES.has(file.type) && file.size <= LARGEST_PICTURE;
}

// Without signs that turn the direction of a name: "exe.gpj" shall not look like "jpg.exe".
export function nameOf(file) {
  return (file.name || "file").replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

export function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

// What shows the picture, once it comes near; its name where it cannot be shown.
export function picture(file, alt, signal) {
  if (!may("files")) return element("span", { class: "elsewhere" }, `[picture: ${alt || nameOf(file)}. ${NO_SCOPE}]`);
  const place = element("span", { class: "picture" }, icon("picture"), unseen(`Picture ${nameOf(file)} is on its way`));
  fetches.set(place, async () => {
    try {
      const { data } = await call("GET", file.href, { query: { inline: 1 }, take: "blob", signal });
      place.replaceChildren(imageOf(data.slice(0, data.size, file.type), file, alt, place));
    } catch (error) {
      if (!signal.aborted) place.replaceChildren(`[picture: ${alt || nameOf(file)}. ${error instanceof Failure ? error.sentence : "It cannot be shown."}]`);
    }
  });
  near.observe(place);
  return place;
}

function imageOf(blob, file, alt, place) {
  const url = URL.createObjectURL(blob);
  shown.add(url);
  return element("img", { src: url, alt: alt || nameOf(file), onerror: () => place.replaceChildren(`[picture: ${nameOf(file)}. It cannot be shown.]`) });
}

// A line of a list of files: a button that saves it.
export function fileItem(file, signal) {
  const state = element("span", { class: "size" }, sizeOf(file.size)), wrong = element("p", { class: "error", role: "alert" });
  const button = element("button", { type: "button", class: "file", disabled: !may("files"), title: may("files") ? `Save ${nameOf(file)}` : NO_SCOPE, "data-held": `file-${file.id}` },
    icon(isPicture(file) ? "picture" : "file"), unseen("Save "), element("bdi", { class: "name" }, nameOf(file)), state);
  button.addEventListener("click", () => saveFile(file, { button, state, wrong, signal }));
  return element("li", {}, button, wrong);
}

async function saveFile(file, { button, state, wrong, signal }) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  wrong.textContent = "";
  try {
    const { data } = await call("GET", file.href, { take: "blob", signal, progress: (part) => { state.textContent = `${Math.round(part * 100)} %`; } });
    const url = URL.createObjectURL(data);
    element("a", { href: url, download: nameOf(file) }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    say(`${nameOf(file)} is saved.`);
  } catch (error) {
    if (!signal.aborted) wrong.textContent = error instanceof Failure ? error.sentence : "It could not be saved.";
  } finally {
    button.removeAttribute("aria-busy");
    state.textContent = sizeOf(file.size);
  }
}
