// SPDX-License-Identifier: GPL-2.0-or-later
// Where the key is asked for, once a tab, and the corner that says which it is; where the web server adds it, the way back to its sign-in.
import { find } from "./dom.js";
import { Failure } from "./failure.js";
import { ADDED, forget, keep, key } from "./key.js";

// unlock() tries the key that was kept; lock() forgets it.
export function startDoor(unlock, lock) {
  const form = find("key-form"), input = find("key-text"), button = form.querySelector("button");
  find("key-seen").addEventListener("change", (event) => { input.type = event.target.checked ? "text" : "password"; });
  find("forget").addEventListener("click", lock);
  if (ADDED) form.replaceChildren(find("door-title"), find("key-error"), button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (ADDED) return void location.reload(); // the web server asks who it is
    tell(null);
    button.disabled = true;
    keep(input.value.trim());
    try {
      await unlock();
      input.value = "";
    } catch (error) {
      showDoor(error);
      input.select();
    } finally {
      button.disabled = false;
    }
  });
}

function tell(failure) {
  find("key-error").textContent = failure === null ? "" : failure instanceof Failure ? failure.sentence : "The key cannot be sent: only letters, digits and signs of ASCII can be in it.";
  if (failure) find("key-text").setAttribute("aria-invalid", "true");
  else find("key-text").removeAttribute("aria-invalid");
}

function tellSignedOut(failure) {
  const button = find("key-form").querySelector("button"), other = failure instanceof Failure && failure.status !== 401;
  find("key-error").textContent = other ? failure.sentence : "You are not signed in any more.";
  button.textContent = other ? "Try again" : "Sign in again";
  button.focus();
}

export function showDoor(failure) {
  if (failure instanceof Failure && failure.status === 401) forget();
  document.body.dataset.view = "door";
  document.title = "Tickets";
  for (const id of ["desk", "search", "key-shown", "calls"]) find(id).hidden = true;
  find("door").hidden = false;
  if (ADDED) return void tellSignedOut(failure);
  tell(failure);
  find("key-text").focus();
}

// `rights` as GET /key.json tells them.
export function hideDoor(rights) {
  find("door").hidden = true;
  for (const id of ["desk", "key-shown", "calls"]) find(id).hidden = false;
  find("search").hidden = !rights.scopes.includes("search");
  const agent = rights.staff ? `, as ${rights.staff.name ?? rights.staff.username}` : "";
  find("key-says").textContent = ADDED ? "" : `Key …${key().slice(-4)}${agent}`;
  find("forget").hidden = ADDED;
  find("key-says").title = `It may: ${rights.scopes.join(", ") || "nothing"}`;
}
