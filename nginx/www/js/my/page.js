// SPDX-License-Identifier: GPL-2.0-or-later
// Puts the customer's page together: list, ticket, new ticket; and what is said where nobody is signed in.
import { call, proveBy } from "../api.js";
import { find } from "../dom.js";
import { know, may } from "../key.js";
import { USUAL, go, where } from "../route.js";
import { closeTicket, showTicket, ticketsHave } from "../ticket.js";
import { answerOf } from "./answer.js";
import { forgetList, restList, showList, startList } from "./list.js";
import { showNew, topicOf } from "./new.js";
import { proof, token } from "./token.js";
import { showTrouble, signInLink } from "./trouble.js";

const QUERY = { include: "entries,attachments,collaborators,fields,related" };
const SIGN_IN = document.querySelector('meta[name="sign-in"]').content;

let opened = false; // somebody is signed in
let first = true;   // nothing was shown yet: the focus stays where the browser put it

function view() {
  if (!opened) return "door";
  if (/^#new(\?|$)/.test(location.hash)) return "new";
  return where().number === null ? "list" : "ticket";
}

function show() {
  const seen = view(), place = where(), left = document.body.dataset.view;
  document.body.dataset.view = seen;
  find("list").hidden = seen !== "list";
  find("new").hidden = seen !== "new";
  if (seen !== "ticket") closeTicket();
  if (seen !== "list") restList();
  if (seen === "list") showTheList(place, left);
  else if (seen === "ticket") showTicket(place.number, { focus: !first });
  else if (seen === "new") showNew(topicOf(location.hash));
  document.title = { list: "My tickets", new: "New ticket" }[seen] ?? document.title;
  first = false;
}

function showTheList(place, left) {
  showList(place);
  if (left === "ticket" || left === "new") find("list-title").focus();
}

async function open() {
  try {
    const { name } = await token(), { data } = await call("GET", "/key.json");
    opened = true;
    know(data.key);
    find("who-name").textContent = name;
    find("who").hidden = !name && !SIGN_IN;
    find("mine").hidden = false;
    find("write").hidden = !mayWrite(data.key);
    find("door").hidden = true;
    show();
  } catch (failure) {
    lock(failure);
  }
}

// A token for some of his tickets opens no other.
function mayWrite({ some_tickets: some }) {
  return may("create") && may("catalog") && !some;
}

function lock(failure) {
  opened = false;
  forgetList();
  closeTicket();
  for (const id of ["mine", "write", "who", "list", "new"]) find(id).hidden = true;
  document.body.dataset.view = "door";
  find("door").hidden = false;
  find("door-says").hidden = !failure.signIn;
  if (failure.signIn) askToSignIn(failure);
  else showTrouble(find("door-trouble"), failure, { again: open });
  if (!first) find("door-title").focus();
}

// Nothing went wrong: it is only not known who is there.
function askToSignIn(failure) {
  find("door-says").textContent = failure.sentence;
  find("door-trouble").replaceChildren(...[signInLink()].filter(Boolean));
}

ticketsHave({ query: QUERY, actsOf: answerOf, tools: () => [] });
proveBy(proof);
startList(() => (view() === "list" ? where() : null));
for (const link of document.querySelectorAll("a.sign-in")) {
  link.href = SIGN_IN;
  link.hidden = !SIGN_IN;
}
window.addEventListener("hashchange", show);
document.addEventListener("locked", (event) => lock(event.detail));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && view() === "ticket" && !event.target.closest?.("input, select, textarea")) go({ filters: where().filters });
});
document.querySelector("[data-skip]").addEventListener("click", (event) => {
  event.preventDefault(); // the address after # is the page's own
  find({ new: "new-title", ticket: "ticket-title" }[view()] ?? "list-title").focus();
});
find("home").href = `#/?${new URLSearchParams(USUAL)}`;
open();
