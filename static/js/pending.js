// What could not be sent: kept on the page, with a way to send it again.

const said = "The server can’t be reached, or you have been signed out.";

/** Keep a copy of a form that did not get through. Sending it again is safe: its id makes one. */
export function keep(form) {
  const copy = form.cloneNode(true);
  // Hidden fields that a script filled carry their values only as properties.
  const values = form.querySelectorAll("input, textarea");
  copy.querySelectorAll("input, textarea").forEach((field, i) => (field.value = values[i].value));
  copy.removeAttribute("id");
  copy.hidden = false;
  const words = copy.querySelector("[name=exact]")?.value;
  const line = document.createElement("p");
  line.textContent = `Not saved: ${copy.querySelector("[name=kind]").value}${words ? ` “${words.slice(0, 80)}”` : ""}. ${said} `;
  const again = document.createElement("button");
  again.textContent = "Send again";
  line.append(again);
  copy.append(line);
  document.getElementById("pending").append(copy);
  htmx.process(copy);
  again.focus();
}

/** Is anything still waiting? */
export const waiting = () => document.querySelector("#pending form") !== null;

/** Say in the editor that a save did not get through; what was typed stays. */
export function sayInEditor(form) {
  const line = form.querySelector(".save-problem");
  line.textContent = `Not saved. ${said} What you typed is still here: save again when you are back.`;
  line.hidden = false;
}
