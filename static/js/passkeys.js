// Says in words why a passkey did not work; allauth only tells the console.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-error]");
  const why = event.detail.exception?.name;
  const { notConfirmed, noPasskeys } = place.dataset;
  place.textContent = why === "NotAllowedError" ? notConfirmed : noPasskeys;
});
