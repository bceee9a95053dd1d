// The reading page. Everything here only points: it lights, places and moves focus.

import { dismiss, listen } from "./active.js";
import { watch } from "./margin.js";

if (document.getElementById("cards")) {
  watch();
  listen();
  // Where there is more to leave than a card, keys.js decides what goes first.
  if (!document.getElementById("marker")) {
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") dismiss();
    });
  }
}
