// The margin: each card beside its passage, none over another, the active one exactly in place.

const GAP = 10;
const wide = matchMedia("(min-width: 68rem)");

/** The card's wished place: the height of its passage's beginning, in px from the cards' top. */
function wish(card, top) {
  const ref = document.getElementById(`a-${card.id.slice(2)}`);
  return ref ? ref.getBoundingClientRect().top - top : 0;
}

/** Stack cards so that none overlaps: the pinned one keeps its wish, others give way around it. */
function arrange(wishes, heights, pinned) {
  const tops = [];
  let bottom = -Infinity;
  wishes.forEach((wished, i) => {
    tops[i] = Math.max(wished, bottom);
    bottom = tops[i] + heights[i] + GAP;
  });
  if (pinned < 0 || tops[pinned] === wishes[pinned]) return tops;
  tops[pinned] = wishes[pinned];
  for (let i = pinned - 1; i >= 0; i--) {
    tops[i] = Math.min(tops[i], tops[i + 1] - heights[i] - GAP);
  }
  for (let i = pinned + 1; i < tops.length; i++) {
    tops[i] = Math.max(wishes[i], tops[i - 1] + heights[i - 1] + GAP);
  }
  return tops;
}

/** Place all visible cards; called after every change of text, cards, size or activity. */
export function place() {
  const cards = document.getElementById("cards");
  if (!cards) return;
  const all = [...cards.querySelectorAll(".card")];
  if (!wide.matches) {
    all.forEach((card) => card.style.removeProperty("top"));
    cards.style.removeProperty("min-height");
    return;
  }
  const shown = all.filter((card) => card.getClientRects().length);
  const top = cards.getBoundingClientRect().top;
  const placed = shown
    .map((card) => ({ card, wished: wish(card, top), height: card.offsetHeight }))
    .sort((a, b) => a.wished - b.wished);
  const tops = arrange(
    placed.map((one) => one.wished),
    placed.map((one) => one.height),
    placed.findIndex((one) => one.card.classList.contains("on")),
  );
  placed.forEach((one, i) => {
    one.card.style.top = `${tops[i]}px`;
  });
  const last = placed.length - 1;
  cards.style.minHeight = last < 0 ? "" : `${tops[last] + placed[last].height}px`;
  cards.classList.add("placed");
}

/** Keep cards in place while the page changes its size or shape. */
export function watch() {
  place();
  requestAnimationFrame(() => document.getElementById("cards")?.classList.add("settled"));
  new ResizeObserver(place).observe(document.querySelector(".spread"));
  document.fonts?.ready.then(place);
  wide.addEventListener("change", place);
  document.getElementById("content").addEventListener("change", (event) => {
    if (event.target.closest("#kinds")) place();
  });
}
