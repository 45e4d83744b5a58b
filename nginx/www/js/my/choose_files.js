// SPDX-License-Identifier: GPL-2.0-or-later
// Files that are to go along: chosen in several turns, taken back one by one, refused before they are sent where the help desk
// would refuse them.
import { element, icon, say, unseen } from "../dom.js";
import { nameOf, sizeOf } from "../files.js";

const MOST = 256; // a request

// `rules` as /forms.json has them (max_size, extensions, types, max_count); null: none are known. {element, files(), complaint(),
// clear(), control}; the element tells of each choice by a "change" that bubbles.
export function fileChooser(id, rules) {
  const chosen = [], list = element("ul", { class: "chosen" });
  const input = element("input", { id, type: "file", multiple: true, accept: accepted(rules), "aria-describedby": `${id}-rules ${id}-wrong` });
  const made = element("div", { class: "chooser" },
    element("label", { class: "button", for: id }, icon("file"), "Add files", input), element("span", { class: "hint", id: `${id}-rules` }, described(rules)), list);

  function show() {
    list.replaceChildren(...chosen.map((file) => element("li", {}, element("bdi", { class: "name" }, nameOf(file)), " ", element("span", { class: "size soft" }, sizeOf(file.size)), " ",
      element("button", { type: "button", class: "quiet small", onclick: () => drop(file) }, icon("close"), unseen(`Without ${nameOf(file)}`)))));
    made.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function drop(file) {
    chosen.splice(chosen.indexOf(file), 1);
    show();
    input.focus();
    say(`Without ${nameOf(file)}.`);
  }

  input.addEventListener("change", (event) => {
    event.stopPropagation();
    chosen.push(...input.files);
    say([...input.files].map(nameOf).join(", "));
    input.value = ""; // the same one may be chosen again
    show();
  });
  return { element: made, control: input, files: () => [...chosen], complaint: () => complaint(chosen, rules), clear: () => { chosen.length = 0; show(); } };
}

function accepted(rules) {
  return rules && [...rules.extensions, ...rules.types].join(",") || null;
}

function described(rules) {
  if (!rules) return "";
  return [rules.extensions.join(" "), rules.max_size ? `up to ${sizeOf(rules.max_size)} each` : "", rules.max_count ? `${rules.max_count} at most` : ""].filter(Boolean).join(", ");
}

function complaint(files, rules) {
  const most = rules?.max_count ?? MOST;
  if (files.length > most) return `At most ${most} files.`;
  const large = files.find((file) => rules?.max_size && file.size > rules.max_size);
  if (large) return `${nameOf(large)} is larger than ${sizeOf(rules.max_size)}.`;
  const other = files.find((file) => rules?.extensions.length && !rules.extensions.some((ending) => file.name.toLowerCase().endsWith(ending.toLowerCase())));
  return other ? `${nameOf(other)} is not one of ${rules.extensions.join(" ")}.` : "";
}
