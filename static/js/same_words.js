// The same words elsewhere, by key: what is chosen is what has the focus.

import { add, press } from "./keys.js";

const all = () => [...document.querySelectorAll(".place")];
const focused = () => document.activeElement.closest(".place");
const unmarked = () => all().find((place) => place.querySelector("[data-mark-there]"));

function step(by) {
  const places = all();
  const here = places.indexOf(focused());
  places[here < 0 ? 0 : here + by]?.focus();
}

const mark = (place) => press("[data-mark-there]", place);
const numbered = (number) => () => mark(document.getElementById(`place-${number}`));

add({
  j: () => step(1),
  k: () => step(-1),
  o: () => press(".side:last-child a", focused()),
  m: () => mark(focused() ?? unmarked()),
});
for (let number = 1; number <= 9; number += 1) add({ [number]: numbered(number) });
