/* Says in words that a passkey did not answer, and where a passkey can't work at all. */
document.addEventListener("DOMContentLoaded", () => {
  const problem = document.getElementById("passkey-problem");
  const button = document.getElementById("passkey-button");
  if (!window.PublicKeyCredential && button) {
    button.disabled = true;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    problem.hidden = false;
  });
});
