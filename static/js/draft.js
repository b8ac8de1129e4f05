// Keeps what was typed into the box on this device until it has been sent, for a day at most.
// It leaves the device by "Next" only. The page after sending (data-sent) deletes it.
const NAME = "draft";
const DAY = 24 * 60 * 60 * 1000;

const kept = {
  read() {
    try {
      const { text, at } = JSON.parse(localStorage.getItem(NAME)) ?? {};
      return text && Date.now() - at < DAY ? text : "";
    } catch {
      return ""; // no storage here, or not ours
    }
  },
  write(text) {
    try {
      if (text.trim()) localStorage.setItem(NAME, JSON.stringify({ text, at: Date.now() }));
      else localStorage.removeItem(NAME);
    } catch {
      // A full or forbidden storage must not stop anybody from speaking.
    }
  },
};

const form = document.getElementById("say-form");
if (document.querySelector("[data-sent]")) kept.write("");
else if (form) keep(form);

function keep(form) {
  const box = form.elements.text;
  const told = form.querySelector(".say__told");
  const before = kept.read();

  if (before && !box.value) {
    box.value = before;
    told.append(form.dataset.kept, forget());
  } else if (!before) {
    kept.write("");
  }
  box.addEventListener("input", () => kept.write(box.value));
  form.addEventListener("submit", (event) => {
    kept.write(box.value);
    if (navigator.onLine) return;
    event.preventDefault();
    told.textContent = form.dataset.offline;
  });

  function forget() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--link";
    button.textContent = form.dataset.forget;
    button.addEventListener("click", () => {
      kept.write("");
      box.value = "";
      told.textContent = "";
      box.focus();
    });
    return button;
  }
}
