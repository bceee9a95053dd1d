// The queue of changes by key: one key a decision. What is chosen is what has the focus.

import { add, press } from "./keys.js";

const all = () => [...document.querySelectorAll(".change")];
const chosen = () => document.activeElement.closest(".change") ?? all()[0];

function step(by) {
  const changes = all();
  const here = changes.indexOf(document.activeElement.closest(".change"));
  changes[here < 0 ? 0 : here + by]?.focus();
}

add({
  j: () => step(1),
  k: () => step(-1),
  r: () => press("[value=right]", chosen()),
  x: () => press("[value=gone]", chosen()),
  e: () => press("[data-adjust]", chosen()),
});
