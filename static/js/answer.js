// The answer form shows what the chosen kind needs, and puts ready-made texts where the cursor is.
// Without this file all fields are there, and the server puts the text in.
const form = document.querySelector("[data-answer]");

if (form) {
  const box = form.elements.answer;
  const texts = form.elements.canned;

  const show = () => {
    const kind = form.querySelector("input[name=kind]:checked")?.value;
    for (const group of form.querySelectorAll("[data-for]")) group.hidden = group.dataset.for !== kind;
    for (const option of texts?.querySelectorAll("[data-text]") ?? []) {
      const fits = !option.dataset.kind || option.dataset.kind === kind;
      option.hidden = option.disabled = !fits;
      if (!fits && option.selected) texts.value = "";
    }
  };
  for (const choice of form.querySelectorAll("input[name=kind]")) choice.addEventListener("change", show);
  show();

  form.querySelector("[value=insert]")?.addEventListener("click", (event) => {
    const words = texts.selectedOptions[0]?.dataset.text;
    event.preventDefault();
    if (!words) return texts.focus();
    const gap = box.value && box.selectionStart === box.value.length ? "\n\n" : "";
    box.focus();
    box.setRangeText(gap + words, box.selectionStart, box.selectionEnd, "end");
  });
}
