// The reading page of somebody with an account: its keys, and the place where they stopped.

import { add, press } from "./keys.js";
import { go } from "./neighbours.js";
import { scrollToPoint, topPoint } from "./offsets.js";
import "./state.js";

const state = () => document.querySelector(".article-head .state");

add({
  j: () => go(1),
  k: () => go(-1),
  m: () => press("[name=read]", state()),
  s: () => press("[name=starred]", state()),
  v: () => {
    const link = document.querySelector(".article-head .original");
    if (link) window.open(link.href, "_blank", "noopener,noreferrer");
  },
});

/** Go where an address like #at-120 says, which only links to go on reading have. */
function fromAddress() {
  const [, point] = /^#at-(\d+)$/.exec(location.hash) ?? [];
  if (point) scrollToPoint(Number(point));
}

const PAUSE = 1000; // milliseconds without scrolling, after which the place is kept

let acted = false; // has the person done anything? A page that opens at a passage scrolls by itself
let moved = false;
let kept = null;
let timer = 0;

function keep() {
  if (!moved) return;
  const position = topPoint();
  if (position === kept) return;
  kept = position;
  const token = state().elements.csrfmiddlewaretoken.value;
  fetch(document.querySelector(".habits").dataset.position, {
    method: "POST",
    body: new URLSearchParams({ position }),
    headers: { "X-CSRFToken": token },
    keepalive: true,
  });
}

// Only a whole text has places that stay: excerpts begin anywhere.
if (document.querySelector("#text:not(.excerpts)")) {
  addEventListener("hashchange", fromAddress);
  fromAddress();
  for (const act of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(act, () => (acted = true), { passive: true });
  }
  addEventListener(
    "scroll",
    () => {
      moved ||= acted;
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE);
    },
    { passive: true },
  );
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
}
