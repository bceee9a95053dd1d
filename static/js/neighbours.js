// The list that somebody opened an article from, for as long as the tab is open: so the article's
// page knows which comes next. Without it, only the keys for that do nothing.

const STORE = "on-record-list";

/** Keep the paths of a list's articles in their order, and the address of the list's next page. */
export function remember(paths, older) {
  sessionStorage.setItem(STORE, JSON.stringify({ paths, older }));
}

/** Go to the next (1) or the previous (-1) article of the list; after its last, to its next page. */
export function go(by) {
  const list = JSON.parse(sessionStorage.getItem(STORE) ?? "null");
  const here = list ? list.paths.indexOf(location.pathname) : -1;
  if (here < 0) return;
  const next = list.paths[here + by] ?? (by > 0 ? list.older : null);
  if (next) location.assign(next);
}
