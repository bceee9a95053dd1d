// Single-key shortcuts: each page adds its own. They rest while somebody types, and where the
// person has switched them off in their settings.

const WAIT = 1500; // milliseconds in which "g" waits for a second key
const table = new Map();
let first = "";
let timer = 0;

/** Has the person switched single-key shortcuts off? */
export const isOff = () => document.documentElement.dataset.shortcuts === "off";

/** Is the key part of what somebody types? */
export const typing = (event) =>
  event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

/** Is there a dialog over the page? */
export const inDialog = () => document.querySelector("dialog[open]") !== null;

/** Let keys do something: { key: action }; two keys one after the other are written "g l". */
export function add(actions) {
  for (const [key, action] of Object.entries(actions)) table.set(key, action);
}

/** Press what an element is for, if it is there. */
export const press = (selector, within = document) => within?.querySelector(selector)?.click();

const go = (place) => () => press(`#keys [data-go="${place}"]`);

function search() {
  const box = document.querySelector("input[name=q]");
  // In a narrow window a link stands for the box.
  if (box?.checkVisibility() === false) press(".masthead-find");
  box?.focus();
  box?.select();
}

add({
  "?": () => document.getElementById("keys")?.showModal(),
  "/": search,
  "g l": go("l"),
  "g p": go("p"),
  "g s": go("s"),
});

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || isOff() || inDialog() || typing(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (["Shift", "CapsLock"].includes(event.key)) return;
  const keys = first + event.key;
  clearTimeout(timer);
  first = "";
  if (table.has(keys)) {
    event.preventDefault();
    table.get(keys)();
  } else if (keys === "g") {
    first = "g ";
    timer = setTimeout(() => (first = ""), WAIT);
  }
});
