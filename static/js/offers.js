// What the editor offers to link to: picked with one key, a click or a tap; once more unpicks it.

import { add, inDialog, isOff } from "./keys.js";
import "./renewed.js";

const KEYS = "123456789";
let typedIn = null; // the field whose words the offers are for

const box = (number) => document.querySelector(`#offers [data-number="${number}"]`);

function pick(number) {
  const found = box(number);
  if (!found) return false;
  found.click();
  found.focus();
  found.scrollIntoView({ block: "nearest" });
  return true;
}

/** Only what is picked says how it is meant: the fields of the others are not sent. */
export function settle() {
  for (const one of document.querySelectorAll("#offers [name=pick]")) {
    one.closest(".offer").querySelector(".offer-how").disabled = !one.checked;
  }
}

document.addEventListener("input", (event) => {
  if (event.target.closest(".claim-text")) typedIn = event.target;
});

document.addEventListener("change", (event) => {
  if (event.target.name !== "pick") return;
  settle();
  // What was typed to find a claim is not a claim of its own.
  if (event.target.checked && typedIn?.isConnected) typedIn.value = "";
  typedIn = null;
});

document.addEventListener("htmx:afterSettle", settle);
settle();

for (const number of KEYS) add({ [number]: () => pick(number) });

// From within a text field with Alt: no single key, so it is never off. Alt makes other signs of
// digits on some keyboards, so the key is told by its place.
function withAlt(event) {
  const number = event.code.startsWith("Digit") ? event.code.slice(5) : "";
  return event.altKey && !event.ctrlKey && !event.metaKey && KEYS.includes(number) ? number : "";
}

// The editor opens in the field for speakers: as long as it is empty, one key picks there, too.
function inEmpty(event) {
  const modified = event.altKey || event.ctrlKey || event.metaKey || isOff();
  if (modified || event.target.id !== "edit-speakers" || event.target.value) return "";
  return KEYS.includes(event.key) ? event.key : "";
}

addEventListener("keydown", (event) => {
  const number = withAlt(event) || inEmpty(event);
  if (number && !inDialog() && pick(number)) event.preventDefault();
});
