// The active annotation: its marks and its card are lit together; on narrow screens its card, or
// the cards of all annotations at that place, open as a sheet.

import { place } from "./margin.js";

const wide = matchMedia("(min-width: 68rem)");
let opener = null;

const byNumber = (n) => document.querySelector(`#cards .card[data-n="${n}"]`);

/** Light these annotations (page numbers, as strings), and no others. */
export function activate(numbers, { scroll = false } = {}) {
  const wanted = new Set(numbers);
  document.querySelectorAll("#text mark").forEach((mark) => {
    mark.classList.toggle("on", mark.dataset.a.split(" ").some((n) => wanted.has(n)));
  });
  document.querySelectorAll("#cards .card").forEach((card) => {
    card.classList.toggle("on", wanted.has(card.dataset.n));
  });
  document.getElementById("cards")?.classList.toggle("open", wanted.size > 0);
  place();
  if (scroll && numbers.length) {
    document.getElementById(`a-${byNumber(numbers[0]).id.slice(2)}`)?.scrollIntoView({ block: "center" });
  }
}

/** The page numbers of the annotations that are lit. */
export function active() {
  return [...document.querySelectorAll("#cards .card.on")].map((card) => card.dataset.n);
}

/** Close the sheet, or put the lights out; focus returns to where it came from. */
export function dismiss() {
  if (!active().length) return false;
  activate([]);
  opener?.focus({ preventScroll: true });
  opener = null;
  return true;
}

function open(numbers, from) {
  opener = from;
  activate(wide.matches ? numbers.slice(-1) : numbers);
  const card = byNumber(numbers[numbers.length - 1]);
  if (!card || wide.matches) return;
  card.focus({ preventScroll: true });
  const sheet = document.getElementById("cards").getBoundingClientRect();
  const bottom = from?.getBoundingClientRect().bottom ?? 0;
  // What was tapped stays in view above the sheet.
  if (bottom > sheet.top - 24) scrollBy(0, bottom - sheet.top + 64);
}

function fromAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  const card = /^[ac]-/.test(id) && document.getElementById(`c-${id.slice(2)}`);
  if (card) activate([card.dataset.n], { scroll: true });
}

/** Listen for clicks and taps on marks and cards, for Escape, and for addresses of passages. */
export function listen() {
  document.getElementById("content").addEventListener("click", (event) => {
    const mark = event.target.closest("#text mark");
    const ref = event.target.closest("#text .ref, .lost [data-n]");
    const card = event.target.closest("#cards .card");
    if (ref) {
      event.preventDefault();
      open([ref.dataset.n], ref);
    } else if (mark && !event.target.closest("a[href]") && getSelection().isCollapsed) {
      open(mark.dataset.a.split(" "), document.querySelector(`.ref[data-n="${mark.dataset.a.split(" ")[0]}"]`));
    } else if (card && !card.classList.contains("on")) {
      activate([card.dataset.n]);
    } else if (!card && !event.target.closest("#editor, #marker, button, input, label")) {
      if (getSelection().isCollapsed) activate([]);
    }
  });
  document.getElementById("cards")?.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (card && wide.matches && !card.classList.contains("on")) activate([card.dataset.n]);
  });
  addEventListener("hashchange", fromAddress);
  fromAddress();
}
