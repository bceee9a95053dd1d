// Parts of the editor that the server writes anew while somebody fills it in: never while they are
// in it, and never over what they did since the server was asked. It is asked again instead.

const PARTS = ["offers", "by-kind"];
const filled = new WeakMap(); // what was filled in when a request was sent, by the request
const putOff = new Map(); // by the id of a part: who asks for it again

const isBusy = (part) => part.contains(document.activeElement) || part.matches(":active");

const state = (part) =>
  JSON.stringify(
    [...part.querySelectorAll("input, select, textarea")]
      .filter((field) => !field.matches(":disabled"))
      .map((field) => [field.name, field.value, field.checked]),
  );

document.addEventListener("htmx:beforeRequest", (event) => {
  const { target, xhr } = event.detail;
  if (PARTS.includes(target.id)) filled.set(xhr, state(target));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, requestConfig } = event.detail;
  if (!PARTS.includes(target.id)) return;
  putOff.delete(target.id);
  if (!isBusy(target) && filled.get(xhr) === state(target)) return;
  event.detail.shouldSwap = false;
  putOff.set(target.id, requestConfig.elt);
  setTimeout(catchUp);
});

function catchUp() {
  for (const [id, asker] of putOff) {
    const part = document.getElementById(id);
    if (part && isBusy(part)) continue;
    putOff.delete(id);
    if (asker.isConnected) htmx.trigger(asker, "again");
  }
}

// Where the focus goes, and whether a press has ended, is known a moment later.
for (const left of ["focusout", "pointerup", "pointercancel"]) {
  document.addEventListener(left, () => setTimeout(catchUp));
}
