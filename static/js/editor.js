// The editor panel: opened, closed, never closed over unsaved words.

import { activate } from "./active.js";
import { prepare } from "./names.js";
import { settle } from "./offers.js";

const panel = () => document.querySelector("#editor .editor-panel");
const form = () => document.querySelector("#editor form[data-editor]");
let before = "";
let shown = null; // whose editor was open last, until that is closed

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
    line.textContent = line.dataset.unsaved;
    line.hidden = false;
    before = state();
    return true;
  }
  document.getElementById("editor").replaceChildren();
  leave();
  return true;
}

/** Back to the annotation whose editor has closed; or, where it was deleted, to the undoing. */
function leave() {
  const card = document.getElementById(`c-${shown}`);
  if (card) activate([card.dataset.n]);
  const next = card ? document.getElementById(`a-${shown}`) : document.querySelector("#messages .undo");
  next?.focus({ preventScroll: true });
  shown = null;
}

/** Save what is open. */
export const save = () => form()?.requestSubmit();

/** Called after the panel's content came from the server. */
export function arrived() {
  if (!form()) return;
  shown = panel().dataset.annotation;
  prepare(panel());
  settle();
  const sent = panel().querySelector(".errorlist, .notice.error");
  // A refused save is still unsaved: only a fresh form is clean.
  before = sent ? "" : state();
  const problem = panel().querySelector("[aria-invalid=true]");
  const field = problem ?? form().querySelector("[name=speakers]");
  field.focus({ preventScroll: true });
  if (field.type === "text") field.setSelectionRange(field.value.length, field.value.length);
}

document.body.addEventListener("htmx:afterSettle", () => {
  if (shown && !panel()) leave();
  // Another kind brings fields of its own.
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
