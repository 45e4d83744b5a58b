// SPDX-License-Identifier: GPL-2.0-or-later
// Puts the page together: a door for the key, the list, the ticket that is open, the calls at the foot.
import { actsOf, forgetDrafts } from "./acts.js";
import { call, describe } from "./api.js";
import { copyButton, startCalls } from "./calls.js";
import { startChanges, startLive, stopChanges } from "./changes.js";
import { find } from "./dom.js";
import { startDoor, showDoor, hideDoor } from "./door.js";
import { showFilters, startFilters } from "./filters.js";
import { ADDED, forget, key, know, may } from "./key.js";
import { forgetList, showList } from "./list.js";
import { go, where } from "./route.js";
import { startSearch, showSearch } from "./search.js";
import { learnCatalogues } from "./suggest.js";
import { closeTicket, lookAgain, showTicket, ticketsHave } from "./ticket.js";

const QUERY = { include: "entries,events,attachments,collaborators,fields,related" };

let opened = false; // a key is there, and the server took it
let first = true;   // nothing was shown yet: the focus stays where the browser put it

function show() {
  if (!opened) return;
  const place = where();
  const was = document.body.dataset.view === "ticket" ? document.querySelector('#rows a[aria-current="true"]')?.dataset.number : null;
  document.body.dataset.view = place.number === null ? "list" : "ticket";
  showFilters(place.filters);
  showSearch(place.filters);
  showList(place);
  if (place.number !== null) {
    showTicket(place.number, { focus: !first });
  } else {
    closeTicket();
    document.title = "Tickets";
    if (was) (document.querySelector(`#rows a[data-number="${CSS.escape(was)}"]`) ?? find("list-title")).focus();
  }
  first = false;
}

// Asks what the key may do; throws Failure where it is none.
async function unlock() {
  const { data } = await call("GET", "/key.json");
  know(data.key);
  opened = true;
  hideDoor(data.key);
  learnCatalogues();
  show();
  startChanges();
}

function lock(failure = null) {
  opened = false;
  first = true;
  forget();
  forgetDrafts();
  forgetList();
  stopChanges();
  closeTicket();
  showDoor(failure);
}

// "/" goes to the search, Escape closes the ticket, wherever nobody types.
function shortcuts(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !opened) return;
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "/" && !typing && may("search")) {
    event.preventDefault();
    find("search-text").focus();
  } else if (event.key === "Escape" && !typing && where().number !== null) {
    go({ filters: where().filters });
  }
}

// Something has happened: the list is asked for anew, and an open ticket that it happened to; several at once only once.
let renewal = null;
function renew(numbers) {
  clearTimeout(renewal);
  renewal = setTimeout(() => {
    if (!opened) return;
    showList(where(), { again: true });
    if (numbers.has(where().number)) lookAgain();
  }, 300);
}

ticketsHave({ query: QUERY, actsOf, tools: (open) => [copyButton(() => describe("GET", open.path, { query: QUERY }))] });
startCalls();
startLive();
startFilters();
startSearch();
startDoor(unlock, () => lock());
window.addEventListener("hashchange", show);
document.addEventListener("keydown", shortcuts);
document.addEventListener("acted", () => showList(where(), { again: true }));
document.addEventListener("changed", (event) => renew(event.detail));
document.addEventListener("locked", (event) => lock(event.detail));
document.querySelector("[data-skip]").addEventListener("click", (event) => {
  event.preventDefault(); // the address after # is the page's own
  find(find("ticket").hidden ? "list-title" : "ticket-title").focus();
});
if (key() || ADDED) unlock().catch(showDoor);
else showDoor(null);
