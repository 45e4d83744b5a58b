// SPDX-License-Identifier: GPL-2.0-or-later
// An Idempotency-Key: what is sent twice with the same one, because no answer came, is carried out once.

// randomUUID is there on pages by HTTPS only.
export function onceKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
