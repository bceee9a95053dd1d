// What became of a star, or of marking as read: said for those who don't see it, and said in words
// where it did not get through.

const said = () => document.getElementById("said");

document.body.addEventListener("htmx:load", (event) => {
  const state = event.target.closest(".state");
  if (state) said().textContent = state.querySelector("[id^=how-]").textContent;
});

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(failure, (event) => {
    if (!event.target.closest(".state")) return;
    const line = document.createElement("p");
    line.className = "message error";
    line.textContent = said().dataset.unreachable;
    document.getElementById("messages").replaceChildren(line);
  });
}
