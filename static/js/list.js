// Lists of articles by key. What is chosen is what has the focus: nothing else is remembered.

import { add, press } from "./keys.js";
import { remember } from "./neighbours.js";
import "./state.js";

const links = () => [...document.querySelectorAll(".entries .entry h2 a, .pager a[rel=next]")];
const chosen = () => document.activeElement.closest(".entry");

/** The first entry that is not above the window. */
const firstInView = (all) => all.find((link) => link.getBoundingClientRect().top >= 0) ?? all.at(-1);

function step(by) {
  const all = links();
  const here = all.findIndex((link) => link === document.activeElement || chosen()?.contains(link));
  const next = here < 0 ? firstInView(all) : all[here + by];
  if (!next) return;
  next.focus({ preventScroll: true });
  (next.closest(".entry") ?? next).scrollIntoView({ block: "nearest" });
}

function open() {
  if (links().includes(document.activeElement)) document.activeElement.click();
  else press("h2 a", chosen());
}

function original() {
  const link = chosen()?.querySelector(".original");
  if (link) window.open(link.href, "_blank", "noopener,noreferrer");
}

function refresh() {
  const form = document.querySelector("form[data-refresh]");
  if (form) form.requestSubmit();
  else location.reload();
}

add({
  j: () => step(1),
  k: () => step(-1),
  o: open,
  v: original,
  m: () => press("[name=read]", chosen()),
  s: () => press("[name=starred]", chosen()),
  A: () => document.querySelector("form[data-read-all]")?.requestSubmit(),
  r: refresh,
});

remember(
  [...document.querySelectorAll(".entries .entry h2 a")].map((link) => link.pathname),
  document.querySelector(".pager a[rel=next]")?.href,
);
