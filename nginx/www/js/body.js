// SPDX-License-Identifier: GPL-2.0-or-later
// What somebody wrote, as elements. The server sends HTML that is clean, and this page trusts nobody all the same: it parses
// the text into a document of its own, in which nothing runs and nothing is loaded, and builds anew what the tables below
// name. No markup is put together and parsed again, so nothing can come out of it as something else; what is not named
// leaves its text behind. The page's Content-Security-Policy is the wall behind this one.
//
// Why not a sandboxed <iframe> for each text: who searches in the page, reads with a screen reader, walks by Tab or reads in
// the dark wants one document; a frame's height is known only to whoever may look into it, which weakens the sandbox; and a
// page of a hundred entries would be a hundred documents. The frame would be right for markup that has to look as it was
// sent; a ticket has to be read.
import { element } from "./dom.js";

const SAME = "P BR DIV SPAN B STRONG I EM U S DEL INS SUB SUP SMALL CODE PRE KBD BLOCKQUOTE UL OL LI DL DT DD TABLE THEAD TBODY TFOOT TR TH TD CAPTION HR";
const MADE = new Map([
  ...SAME.split(" ").map((name) => [name, name.toLowerCase()]),
  // The page's own headings are above these; others are old names.
  ["H1", "h4"], ["H2", "h4"], ["H3", "h5"], ["H4", "h5"], ["H5", "h6"], ["H6", "h6"], ["CENTER", "div"], ["TT", "code"], ["STRIKE", "s"], ["Q", "span"],
]);
// Whose text is none that was written to be read.
const DROPPED = new Set("SCRIPT STYLE TEMPLATE NOSCRIPT IFRAME OBJECT EMBED SVG MATH HEAD TITLE META LINK BASE SELECT TEXTAREA BUTTON INPUT AUDIO VIDEO CANVAS NOEMBED NOFRAMES XMP PLAINTEXT".split(" "));
// What of a style is taken over. Colours and sizes are the page's own, or nobody could read them in the dark.
const STYLES = /(?:^|;)\s*(text-align|font-weight|font-style|text-decoration)\s*:\s*(left|center|right|bold|[67]00|italic|underline|line-through)\s*(?=;|$)/gi;
const LINKS = new Set(["http:", "https:", "mailto:", "tel:"]);
const DEEPEST = 100;

// Where the browser has Trusted Types, the page's policy lets nothing else parse text.
const policy = globalThis.trustedTypes?.createPolicy("entry-body", { createHTML: (text) => text });

// An element that shows `entry` (body, format). picture(cid, alt) gives what shows a file of the ticket, or null.
export function bodyOf(entry, picture) {
  if (entry.format !== "html") return element("div", { class: "body plain" }, entry.body ?? "");
  const html = aside(entry.body ?? "");
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  const made = element("div", { class: "body" });
  copy(parsed.body, made, picture, 0);
  return made;
}

// The policy forbids style attributes in a parsed document, too, and each would be a line in the console: they stand aside as
// data-style. Nothing depends on it but that: what a tag is, the parser says.
function aside(html) {
  return html.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(["'\s])style(\s*=)/gi, "$1data-style$2"));
}

function copy(from, to, picture, depth) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE) copyElement(node, to, picture, depth);
  }
}

function copyElement(node, to, picture, depth) {
  const name = node.tagName.toUpperCase();
  if (DROPPED.has(name)) return;
  if (depth === DEEPEST) return void to.append(node.textContent);
  if (name === "IMG") return void to.append(image(node, picture));
  const made = name === "A" ? link(node) : MADE.has(name) ? element(MADE.get(name)) : null;
  if (made) {
    attributes(node, made);
    to.append(made);
  }
  copy(node, made ?? to, picture, depth + 1);
}

function attributes(node, made) {
  for (const name of ["colspan", "rowspan", "start", "value"]) {
    const number = node.getAttribute(name);
    if (/^\d{1,3}$/.test(number ?? "") && name in made) made.setAttribute(name, number);
  }
  if (/^(ltr|rtl|auto)$/.test(node.dir)) made.dir = node.dir;
  for (const [, name, value] of (node.dataset.style ?? "").matchAll(STYLES)) made.style.setProperty(name, value);
}

function link(node) {
  const url = URL.parse?.(node.getAttribute("href") ?? "") ?? parsed(node.getAttribute("href") ?? "");
  if (!url || !LINKS.has(url.protocol)) return element("span");
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow", title: url.href });
}

function parsed(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

// Only files of the ticket are shown: a picture from elsewhere would tell its owner who reads, and when.
function image(node, picture) {
  const source = node.getAttribute("src") ?? "", alt = node.getAttribute("alt") ?? "";
  const shown = source.startsWith("cid:") ? picture(source.slice(4), alt) : null;
  return shown ?? element("span", { class: "elsewhere", title: source.slice(0, 300) }, alt ? `[picture: ${alt}]` : "[picture, not loaded]");
}
