// Says in words why a passkey did not work; allauth only tells the console.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-error]");
  const why = event.detail.exception?.name;
  place.textContent =
    why === "NotAllowedError"
      ? "Nothing was confirmed on your device. Try again when you are ready."
      : "Your browser cannot use passkeys here. They need https, or the name localhost.";
});
