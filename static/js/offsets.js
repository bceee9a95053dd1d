// The one place where the browser's UTF-16 becomes the server's Unicode code points, and back.
// The text of #text is exactly the stored text: its textContent, not what innerText or
// Selection.toString() make of it.

const text = () => document.getElementById("text");

/** How many code points a string has. */
function codePoints(string) {
  let n = 0;
  for (const _ of string) n++;
  return n;
}

/** The UTF-16 index in the text of a DOM position, clamped to the text. */
function indexOf(node, offset) {
  const range = document.createRange();
  range.selectNodeContents(text());
  if (range.comparePoint(node, offset) < 0) return 0;
  if (range.comparePoint(node, offset) > 0) return text().textContent.length;
  range.setEnd(node, offset);
  return range.toString().length;
}

/** The selected words as { from, to } in UTF-16 units of the text, trimmed; null where none are. */
export function selected() {
  const selection = getSelection();
  if (!text() || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text())) return null;
  let from = indexOf(range.startContainer, range.startOffset);
  let to = indexOf(range.endContainer, range.endOffset);
  const words = text().textContent.slice(from, to);
  from += words.length - words.trimStart().length;
  to -= words.length - words.trimEnd().length;
  return from < to ? { from, to } : null;
}

/** A place for the server: start and end in code points, and the words between. */
export function place({ from, to }) {
  const whole = text().textContent;
  const start = codePoints(whole.slice(0, from));
  const exact = whole.slice(from, to);
  return { start, end: start + codePoints(exact), exact };
}

/** What lies between two UTF-16 indices of the text. */
function rangeOf(from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(text(), NodeFilter.SHOW_TEXT);
  let passed = 0;
  let started = false;
  while (walker.nextNode()) {
    const length = walker.currentNode.data.length;
    if (!started && from < passed + length) {
      range.setStart(walker.currentNode, from - passed);
      started = true;
    }
    if (to <= passed + length) {
      range.setEnd(walker.currentNode, to - passed);
      break;
    }
    passed += length;
  }
  return range;
}

/** Select what lies between two UTF-16 indices of the text. */
export function select(from, to) {
  const range = rangeOf(from, to);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return range;
}

// A line counts as read when it is nearer to the top of the window than this, in pixels.
const TOP = 16;

/** Where the first character at or after a UTF-16 index stands; separators stand nowhere. */
function boxAt(index, end) {
  for (let at = index; at < end; at++) {
    const [box] = rangeOf(at, at + 1).getClientRects();
    if (box?.height) return box;
  }
  return null;
}

/** The code point of the text at the top of the window; 0 while its beginning is in view, and its
    length once its end is. */
export function topPoint() {
  const whole = text().textContent;
  const { top, bottom } = text().getBoundingClientRect();
  if (top >= 0) return 0;
  if (bottom <= innerHeight) return codePoints(whole);
  let low = 0;
  let high = whole.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const box = boxAt(middle, high);
    if (box && box.bottom <= TOP) low = middle + 1;
    else high = middle;
  }
  return codePoints(whole.slice(0, low));
}

/** Bring the line with this code point of the text to the top of the window, at once. */
export function scrollToPoint(point) {
  const whole = text().textContent;
  const index = Array.from(whole).slice(0, point).join("").length;
  const box = boxAt(index, whole.length);
  if (box) scrollBy({ top: box.top - TOP, behavior: "instant" });
}
