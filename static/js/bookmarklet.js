// A bookmarklet is for dragging: followed here, it would only be stopped by our own policy.

document.querySelector("[data-bookmarklet]")?.addEventListener("click", (event) => {
  event.preventDefault();
});
