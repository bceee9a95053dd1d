// Claims that may be the same, by key: one key a judgement. What is chosen is what has the focus.

import { add, press } from "./keys.js";

const all = () => [...document.querySelectorAll(".pair")];
const chosen = () => document.activeElement.closest(".pair") ?? all()[0];

function step(by) {
  const pairs = all();
  const here = pairs.indexOf(document.activeElement.closest(".pair"));
  pairs[here < 0 ? 0 : here + by]?.focus();
}

add({
  j: () => step(1),
  k: () => step(-1),
  s: () => press("[data-verdict=same]", chosen()),
  d: () => press("[data-verdict=different]", chosen()),
  u: () => press("[data-verdict=unsure]", chosen()),
});
