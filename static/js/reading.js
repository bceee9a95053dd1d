// The reading page. Everything here only points: it lights, places and moves focus.

import { dismiss, listen } from "./active.js";
import { watch } from "./margin.js";

if (document.getElementById("cards")) {
  watch();
  listen();
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dismiss()) event.preventDefault();
  });
}
