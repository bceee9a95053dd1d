// The editor panel: opened, closed, never closed over unsaved words.

import { prepare } from "./names.js";

const panel = () => document.querySelector("#editor .editor-panel");
const form = () => document.querySelector("#editor form[data-editor]");
let before = "";

const state = () => (form() ? new URLSearchParams(new FormData(form())).toString() : "");

/** The annotation that is open: { id, version }, or null. */
export function open() {
  const at = panel();
  return at && { id: at.dataset.annotation, version: at.dataset.version };
}

/** Has anything been typed that is not saved? */
export const isDirty = () => form() !== null && state() !== before;

/** Close the panel, unless something in it is not saved. */
export function close() {
  if (!panel()) return false;
  if (isDirty()) {
    const line = form().querySelector(".save-problem");
    line.textContent = "Not saved yet: save, or press Close again to throw it away.";
    line.hidden = false;
    before = state();
    return true;
  }
  const id = panel().dataset.annotation;
  document.getElementById("editor").replaceChildren();
  document.getElementById(`a-${id}`)?.focus({ preventScroll: true });
  return true;
}

/** Save what is open. */
export const save = () => form()?.requestSubmit();

/** Called after the panel's content came from the server. */
export function arrived() {
  if (!form()) return;
  prepare(panel());
  const sent = panel().querySelector(".errorlist, .notice.error");
  // A refused save is still unsaved: only a fresh form is clean.
  before = sent ? "" : state();
  const problem = panel().querySelector("[aria-invalid=true]");
  (problem ?? form().querySelector("[name=speakers]")).focus({ preventScroll: true });
}

// Another kind brings fields of its own.
document.body.addEventListener("htmx:afterSettle", () => {
  const fields = document.querySelector("#by-kind:not([data-prepared])");
  if (!fields) return;
  fields.dataset.prepared = "";
  prepare(fields);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("#editor [data-close]")) {
    event.preventDefault();
    close();
  }
});
