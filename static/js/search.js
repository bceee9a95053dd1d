// Links of the search page that htmx follows in place. Where the answer does not come, or is an
// error, the browser follows them itself and says what is wrong.

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  addEventListener(failure, (event) => {
    const { href } = event.detail.elt;
    if (href) location.assign(href);
  });
}
