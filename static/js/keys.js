// Single-key shortcuts. They are off while somebody types, and can be switched off altogether.

import * as cursor from "./cursor.js";

const STORE = "on-record-keys-off";
const isOff = () => localStorage.getItem(STORE) === "yes";
const typing = (event) =>
  event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

/** Listen for keys; `actions` say what each does. */
export function listenKeys(actions) {
  const dialog = document.getElementById("keys");
  const switchBox = document.getElementById("keys-on");
  switchBox.checked = !isOff();
  switchBox.addEventListener("change", () => {
    localStorage.setItem(STORE, switchBox.checked ? "no" : "yes");
  });
  const table = {
    q: () => actions.mark("quote"),
    a: () => actions.mark("allegation"),
    d: () => actions.mark("denial"),
    "+": () => actions.stretch("add"),
    "-": () => actions.stretch("remove"),
    n: () => actions.step(1),
    p: () => actions.step(-1),
    e: actions.edit,
    s: () => (cursor.isOn() ? cursor.stop() : cursor.start()),
    "?": () => dialog.showModal(),
  };
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || dialog.open) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      actions.save();
    } else if (event.key === "Escape") {
      actions.leave();
    } else if (typing(event) || event.ctrlKey || event.metaKey) {
      return;
    } else if (cursor.key(event)) {
      event.preventDefault();
    } else if (!event.altKey && !isOff() && table[event.key]) {
      event.preventDefault();
      table[event.key]();
    }
  });
}
