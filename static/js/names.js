// Names as they are typed: the project's speakers are offered for the name at the caret, and the
// last speaker is taken with Enter. An editable combobox with a list, after the ARIA pattern.

let list = null;
let at = -1;

const known = () => [...document.querySelectorAll("#names option")].map((option) => option.value);

/** The name at the caret: where it begins and ends in the field, and what is typed of it. */
function current(field) {
  const from = field.value.lastIndexOf(";", field.selectionStart - 1) + 1;
  const next = field.value.indexOf(";", field.selectionStart);
  const to = next < 0 ? field.value.length : next;
  return { from, to, typed: field.value.slice(from, to).trim() };
}

function close(field) {
  list?.remove();
  list = null;
  at = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function take(field, name) {
  const { from, to } = current(field);
  const before = field.value.slice(0, from);
  field.value = `${before}${before ? " " : ""}${name}${field.value.slice(to)}`;
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  close(field);
}

function offer(field) {
  const { typed } = current(field);
  const wanted = typed.toLowerCase();
  const names = wanted
    ? known().filter((name) => name.toLowerCase().includes(wanted) && name !== typed).slice(0, 7)
    : [];
  close(field);
  if (!names.length) return;
  list = document.createElement("ul");
  list.id = "offered-names";
  list.className = "offered";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.getElementById("names").dataset.label);
  names.forEach((name, i) => {
    const option = document.createElement("li");
    option.id = `offered-${i}`;
    option.setAttribute("role", "option");
    option.textContent = name;
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(field, name);
    });
    list.append(option);
  });
  field.after(list);
  field.setAttribute("aria-expanded", "true");
}

function move(field, step) {
  const options = [...list.children];
  at = (at + step + options.length) % options.length;
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
  field.setAttribute("aria-activedescendant", options[at].id);
  options[at].scrollIntoView({ block: "nearest" });
}

function key(event) {
  const field = event.target;
  if (list && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    move(field, event.key === "ArrowDown" ? 1 : -1);
  } else if (list && event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close(field);
  } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
    const last = field.closest("[data-last-speaker]")?.dataset.lastSpeaker;
    if (list && at >= 0) {
      event.preventDefault();
      take(field, list.children[at].textContent);
    } else if (!field.value.trim() && field.name === "speakers" && last) {
      event.preventDefault();
      take(field, last);
    }
  }
}

/** Make the name fields inside an element offer names. */
export function prepare(root) {
  root.querySelectorAll("[data-names]").forEach((field) => {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", "offered-names");
    const { lastSpeaker, enterTakes } = field.closest("[data-last-speaker]").dataset;
    if (field.name === "speakers" && lastSpeaker && !field.value) field.placeholder = enterTakes;
    field.addEventListener("input", () => offer(field));
    field.addEventListener("blur", () => close(field));
    field.addEventListener("keydown", key);
  });
}
