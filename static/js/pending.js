// Marks on their way to the server. Each goes as a form of its own, so that the next one may follow
// before the answer comes; one that did not get through stays on the page, to be sent again.

const shelf = () => document.getElementById("pending");

/** A fresh id for an annotation: a UUID of version 7, as the server issues them (RFC 9562). */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 256 ** (5 - i));
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Send what the form holds now. Its id goes with it: sending it again makes no second one. */
export function send(form) {
  const copy = form.cloneNode(true);
  // Hidden fields that a script filled carry their values only as properties.
  const values = form.querySelectorAll("input, textarea");
  copy.querySelectorAll("input, textarea").forEach((field, i) => (field.value = values[i].value));
  copy.removeAttribute("id");
  form.elements.id.value = newId();
  shelf().append(copy);
  htmx.process(copy);
  copy.requestSubmit();
}

/** Is this a mark that is on its way, or that did not get through? */
export const isMark = (element) => element?.closest?.("#pending form") ?? null;

/** The server has answered: the mark is made, or refused with the reason. */
export const arrived = (form) => form.remove();

/** A mark did not get through: say so, and offer to send it again. */
export function keep(form) {
  if (form.hidden) offer(form);
  else form.querySelector(".again").textContent = shelf().dataset.stillUnsaved;
  form.querySelector(".again").focus();
}

function offer(form) {
  const said = shelf().dataset;
  const kind = form.elements.kind.value;
  const words = form.elements.exact.value;
  const line = document.createElement("p");
  const what = `${said[kind]}${words ? ` “${words.slice(0, 80)}”` : ""}`;
  line.textContent = said.unreachable.replace("{what}", () => what);
  const again = document.createElement("button");
  again.className = "again";
  again.textContent = said.again;
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "link";
  drop.textContent = said.drop;
  drop.addEventListener("click", () => form.remove());
  const choice = document.createElement("p");
  choice.className = "pending-choice";
  choice.append(again, drop);
  form.append(line, choice);
  form.hidden = false;
}

/** Is anything not saved yet? */
export const waiting = () => shelf().querySelector("form") !== null;

/** Say in the editor that a save did not get through; what was typed stays. */
export function sayInEditor(form) {
  const line = form.querySelector(".save-problem");
  line.textContent = line.dataset.unreachable;
  line.hidden = false;
}
