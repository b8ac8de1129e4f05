// A button that copies the address of a link: <button data-copy="id of the link" hidden>.
for (const button of document.querySelectorAll("[data-copy]")) {
  const told = document.querySelector("[data-copy-told]");
  button.hidden = !navigator.clipboard; // only over https, or on this machine
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).href);
      told.textContent = button.dataset.copied;
    } catch {
      told.textContent = button.dataset.failed;
    }
  });
}
