// SPDX-License-Identifier: GPL-2.0-or-later
// The customer's own word in a ticket of his, with files. What was typed stays until it is sent.
import { ticketPath } from "../api.js";
import { element, say } from "../dom.js";
import { may } from "../key.js";
import { fileChooser } from "./choose_files.js";
import { messageFiles } from "./forms.js";
import { Sending } from "./sending.js";

const drafts = new Map(); // number: what was typed

// What stands below the thread of `open` (ticket.js): {element, fill()}.
export function answerOf(open) {
  if (!may("message")) return null;
  const area = element("textarea", { id: "message", rows: 6, "aria-describedby": "message-wrong", "aria-required": "true" });
  const wrong = element("p", { class: "error", id: "message-wrong" }), filesWrong = element("p", { class: "error", id: "message-files-wrong" });
  const place = element("div", {}), notice = element("div", {}), button = element("button", { type: "submit", class: "primary" }, "Send");
  const note = element("p", { class: "hint" });
  let chooser = null;

  function complain(fields) {
    wrong.textContent = fields.message ?? "";
    filesWrong.textContent = fields.attachments ?? "";
    if (fields.message) area.setAttribute("aria-invalid", "true");
    else area.removeAttribute("aria-invalid");
    return fields.message ? area : fields.attachments ? chooser?.control ?? area : null;
  }
  const sending = new Sending({ button, notice, wrong: complain });

  async function send() {
    const message = area.value.trim(), files = chooser?.files() ?? [];
    const first = complain({ message: message ? "" : "There is nothing to send yet.", attachments: chooser?.complaint() });
    if (first) return void first.focus();
    if (!await sending.send(ticketPath(open.number, "/message.json"), "message", { message }, files)) return;
    drafts.delete(open.number);
    area.value = "";
    chooser?.clear();
    area.focus();
    say("Your message is sent.");
    open.look();
  }

  area.value = drafts.get(open.number) ?? "";
  area.addEventListener("input", () => {
    drafts.set(open.number, area.value);
    sending.changed();
    complain({});
  });
  // Without the list of forms files may be sent as well: the server says what it does not take.
  messageFiles().catch(() => undefined).then((rules) => {
    if (rules === null) return;
    chooser = fileChooser("message-files", rules ?? null);
    chooser.element.addEventListener("change", () => { sending.changed(); filesWrong.textContent = ""; });
    place.replaceChildren(chooser.element, filesWrong);
  });
  const form = element("form", { class: "answer", novalidate: true, "aria-label": "Your answer", onsubmit: (event) => { event.preventDefault(); send(); } },
    element("label", { for: "message" }, "Your answer"), area, wrong, place, note, notice, element("p", { class: "ways" }, button));
  form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.ctrlKey) form.requestSubmit(); });
  return { element: form, fill: () => { note.textContent = open.data.ticket.status?.state === "closed" ? "This ticket is closed. If it may be opened again, your answer does so." : ""; } };
}
