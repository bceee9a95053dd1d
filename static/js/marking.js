// Marking: a selection becomes places in the text, which a plain form carries to the server.

import { activate, active, dismiss } from "./active.js";
import * as cursor from "./cursor.js";
import * as editor from "./editor.js";
import { add, inDialog, typing } from "./keys.js";
import { place as arrange } from "./margin.js";
import { place, selected } from "./offsets.js";
import { arrived, isMark, keep, sayInEditor, send, waiting } from "./pending.js";

const marker = document.getElementById("marker");
let last = null; // the latest selection: a tap on the toolbar may clear it before the click comes

const markForm = () => document.getElementById("mark-form");
const cardOf = (n) => document.querySelector(`#cards .card[data-n="${n}"]`);

function set(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    field.disabled = value === null;
    field.value = value ?? "";
  }
}

/** Mark the selected words, or, with nothing selected, the words of the lit annotation. */
function mark(kind) {
  const form = markForm();
  const where = selected() ?? last;
  const [lit] = active();
  if (where) {
    set(form, { kind, again: "", ...place(where) });
  } else if (lit) {
    set(form, { kind, again: cardOf(lit).id.slice(2), start: null, end: null, exact: null });
  } else {
    say(marker.dataset.selectFirst);
    return;
  }
  if (unsaved()) return;
  send(form);
  last = null;
  hide();
}

/** What was typed in the open editor must not be lost to another one. */
function unsaved() {
  if (!editor.isDirty()) return false;
  say(marker.dataset.saveFirst);
  return true;
}

/** Add the selected words to the open annotation, or take them away. */
function stretch(operation) {
  const where = selected() ?? last;
  const at = editor.open();
  if (!where || !at) return;
  if (unsaved()) return;
  htmx.ajax("POST", `/annotations/${at.id}/extent/`, {
    target: "#editor",
    swap: "innerHTML",
    values: {
      operation,
      version: at.version,
      revision: markForm().elements.revision.value,
      ...place(where),
    },
    headers: { "X-CSRFToken": markForm().elements.csrfmiddlewaretoken.value },
  });
  last = null;
  hide();
}

function say(sentence) {
  const line = document.createElement("p");
  line.className = "message";
  line.textContent = sentence;
  document.getElementById("messages").replaceChildren(line);
  fade();
}

/** What was said goes after a while, unless it offers something or is a refusal. */
function fade() {
  const line = document.querySelector("#messages .message:not(.error)");
  if (line && !line.querySelector("button")) setTimeout(() => line.remove(), 6000);
}

function hide() {
  marker.hidden = true;
}

function offer() {
  const where = selected();
  if (!where) {
    hide();
    last = null;
    return;
  }
  last = where;
  const at = getSelection().getRangeAt(0).getBoundingClientRect();
  marker.querySelector(".marker-extent").hidden = !editor.open();
  const { start, end } = place(where);
  marker.querySelector("[data-where-else]").search = new URLSearchParams({ start, end });
  marker.hidden = false;
  if (matchMedia("(pointer: coarse)").matches) {
    marker.style.removeProperty("top");
    marker.style.removeProperty("left");
    return;
  }
  const left = Math.min(at.left, document.documentElement.clientWidth - marker.offsetWidth - 12);
  marker.style.top = `${at.bottom + scrollY + 8}px`;
  marker.style.left = `${Math.max(8, left)}px`;
}

function step(by) {
  const cards = [...document.querySelectorAll("#cards .card")];
  if (!cards.length) return;
  const here = cards.findIndex((card) => card.classList.contains("on"));
  const next = cards[(here + by + cards.length) % cards.length] ?? cards[0];
  activate([next.dataset.n], { scroll: true });
  document.getElementById(`a-${next.id.slice(2)}`)?.focus({ preventScroll: true });
}

function edit() {
  const [lit] = active();
  if (lit) cardOf(lit).querySelector("[data-edit]")?.click();
}

function leave() {
  const inEditor = document.activeElement.closest("#editor");
  if (cursor.isOn() && !inEditor) cursor.stop();
  else if (!editor.close() && !dismiss()) hide();
}

/** Light the annotation that is open again after its text came anew from the server. */
function refresh() {
  const at = editor.open();
  const card = at && document.getElementById(`c-${at.id}`);
  if (card) activate([card.dataset.n]);
  else arrange();
}

function failed(event) {
  const form = event.detail.elt.closest?.("form");
  if (form?.matches("[data-editor]")) sayInEditor(form);
  else if (isMark(form)) keep(form);
  else say(marker.dataset.unreachable);
}

let timer = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  timer = setTimeout(offer, 120);
});
marker.addEventListener("pointerdown", (event) => event.preventDefault());
marker.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.mark) mark(button.dataset.mark);
  if (button?.dataset.extent) stretch(button.dataset.extent);
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, target } = event.detail;
  if (target.id === "editor" && !elt.closest("#editor") && unsaved()) event.preventDefault();
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "editor") editor.arrived();
});
document.body.addEventListener("htmx:afterSettle", refresh);
document.body.addEventListener("htmx:afterSettle", fade);
document.body.addEventListener("htmx:afterOnLoad", (event) => {
  const mark = isMark(event.detail.elt);
  if (mark && [200, 409, 422].includes(event.detail.xhr.status)) arrived(mark);
});
document.body.addEventListener("htmx:sendError", failed);
document.body.addEventListener("htmx:timeout", failed);
document.body.addEventListener("htmx:responseError", failed);

addEventListener("beforeunload", (event) => {
  if (editor.isDirty() || waiting()) event.preventDefault();
});

// The page came with an editor that is open; the browser first goes to the passage in its address.
addEventListener("load", () => {
  if (!editor.open()) return;
  refresh();
  editor.arrived();
});

add({
  q: () => mark("quote"),
  a: () => mark("allegation"),
  d: () => mark("denial"),
  "+": () => stretch("add"),
  "-": () => stretch("remove"),
  n: () => step(1),
  p: () => step(-1),
  e: edit,
  // Marking takes the selection away, and the cursor with it out of sight.
  c: () => (cursor.isOn() && selected() ? cursor.stop() : cursor.start()),
});

// These are no single keys that somebody could press by mistake: they are never off.
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || inDialog()) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.save();
  else if (event.key === "Escape") leave();
  else if (!typing(event) && cursor.key(event)) event.preventDefault();
});
