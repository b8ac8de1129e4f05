// Keys for clearing the due reports in one sitting. Without this file every button is there.
const form = document.querySelector("[data-reports]");

if (form) {
  form.querySelector("[data-reports-keys]").hidden = false;
  const others = [...document.querySelectorAll("[data-report]")];
  const here = others.findIndex((link) => link.ariaCurrent === "page" || link.getAttribute("aria-current"));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.querySelector(event.shiftKey ? "[data-publish]" : "[data-look]").click();
      return;
    }
    const writes = event.target.closest("input, textarea, select, [contenteditable]");
    if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
    // By the place of the key, so that it works with the Hangul layout too.
    const step = { KeyJ: 1, KeyK: -1 }[event.code];
    if (step) others[here + step]?.click();
  });
}
