// Runs before the first paint, so that a page that will be arranged by script is never shown
// in its plain form first: nothing jumps.
document.documentElement.classList.add("scripted");
