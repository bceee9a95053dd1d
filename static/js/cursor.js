// The sentence cursor: selecting words with the keyboard alone.

import { select } from "./offsets.js";

let sentences = [];
let words = [];
let span = null; // { from, to } in UTF-16 units, while the cursor is on

const language = () => document.getElementById("text").lang || undefined;

function segments(granularity, keep) {
  const whole = document.getElementById("text").textContent;
  const found = [];
  for (const part of new Intl.Segmenter(language(), { granularity }).segment(whole)) {
    const trimmed = part.segment.trim();
    if (!trimmed || !keep(part)) continue;
    const from = part.index + part.segment.indexOf(trimmed);
    found.push({ from, to: from + trimmed.length });
  }
  return found;
}

function show() {
  const range = select(span.from, span.to);
  const box = range.getBoundingClientRect();
  if (box.top < 90 || box.bottom > innerHeight - 90) {
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
  }
  document.getElementById("cursor-said").textContent = range.toString();
}

const at = (parts, index) => parts.findIndex((part) => part.to > index);

function firstOnScreen() {
  const range = document.createRange();
  const blocks = [...document.querySelectorAll("#text p, #text li, #text h2, #text h3, #text td")];
  const block = blocks.find((one) => one.getBoundingClientRect().top > 80) ?? blocks[0];
  if (!block) return 0;
  range.selectNodeContents(document.getElementById("text"));
  range.setEndBefore(block);
  return Math.max(0, at(sentences, range.toString().length));
}

/** Is the cursor on? */
export const isOn = () => span !== null;

/** Put the cursor back where it was, or, if it was off, on the first sentence in view. */
export function start() {
  if (span) {
    show();
    return;
  }
  sentences = segments("sentence", () => true);
  words = segments("word", (part) => part.isWordLike);
  if (!sentences.length) return;
  const { from, to } = sentences[firstOnScreen()];
  span = { from, to };
  show();
}

/** Take the cursor away. */
export function stop() {
  span = null;
  getSelection().removeAllRanges();
}

function sentence(step) {
  const here = at(sentences, span.from);
  const next = sentences[Math.min(sentences.length - 1, Math.max(0, here + step))];
  span = { ...next };
}

function bySentence(step) {
  const last = at(sentences, span.to - 1);
  const end = sentences[Math.min(sentences.length - 1, Math.max(at(sentences, span.from), last + step))];
  span.to = end.to;
}

function endByWord(step) {
  const last = words.findLastIndex((word) => word.from < span.to);
  const next = words[Math.min(words.length - 1, last + step)];
  if (next && next.to > span.from) span.to = next.to;
}

function startByWord(step) {
  const first = at(words, span.from);
  const next = words[Math.max(0, first + step)];
  if (next && next.from < span.to) span.from = next.from;
}

/** Move or stretch by an arrow key; true if the key was one. */
export function key(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!span || !step || event.ctrlKey || event.metaKey) return false;
  const sideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
  if (!event.shiftKey) sentence(step);
  else if (!sideways) bySentence(step);
  else if (event.altKey) startByWord(step);
  else endByWord(step);
  show();
  return true;
}
