// The answer form shows what the chosen kind needs, puts ready-made texts where the cursor is (by
// typing // too), and keeps what is typed as a draft. Without this file all fields are there, the
// server puts the text in, and a button keeps the draft.
const KEEP = 4000;
const LONGEST = 60000;
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

  const put = (words, from = box.selectionStart, to = box.selectionEnd) => {
    const gap = from && from === box.value.length ? "\n\n" : "";
    box.focus();
    box.setRangeText(gap + words, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  form.querySelector("[value=insert]")?.addEventListener("click", (event) => {
    const words = texts.selectedOptions[0]?.dataset.text;
    event.preventDefault();
    if (words) put(words);
    else texts.focus();
  });
  if (texts) offerTexts(box, texts, put);
  keepDraft(form);
}

function offerTexts(box, texts, put) {
  const dialog = document.querySelector("[data-texts]");
  const filter = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  let from = 0;

  const fill = () => {
    const wanted = filter.value.trim().toLowerCase();
    const fitting = [...texts.querySelectorAll("[data-text]")].filter(
      (one) => !one.disabled && one.textContent.toLowerCase().includes(wanted),
    );
    list.replaceChildren(...fitting.map(line));
  };
  const line = (option) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = option.textContent;
    button.addEventListener("click", () => {
      dialog.close();
      put(option.dataset.text, from, from + 2); // a dialog that closes has lost the selection
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  };

  filter.addEventListener("input", fill);
  dialog.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && buttons.length) {
      event.preventDefault();
      buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)].focus();
    } else if (event.key === "Enter" && document.activeElement === filter && !event.isComposing) {
      event.preventDefault();
      buttons[0]?.click();
    }
  });
  box.addEventListener("input", (event) => {
    const at = box.selectionStart;
    const asked = event.inputType === "insertText" && box.value.slice(at - 2, at) === "//";
    if (!asked || box.value[at - 3] === ":" || box.value[at - 3] === "/") return; // an address
    from = at - 2;
    box.setSelectionRange(from, at);
    filter.value = "";
    fill();
    dialog.showModal();
  });
}

function keepDraft(form) {
  // All that is typed or chosen, every few seconds, and once more when the page is left.
  const told = form.querySelector("[data-kept]");
  const typed = () => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  let kept = typed();
  let timer = 0;
  let wait = KEEP;
  let leaving = false;

  const soon = () => {
    timer ||= setTimeout(keep, wait);
  };
  const renewKey = () => {
    // Whoever signs in again, in another tab, gets a new key: the form here goes on with it.
    const fresh = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (fresh) form.elements.csrfmiddlewaretoken.value = fresh[1];
  };
  const keep = async () => {
    clearTimeout(timer);
    timer = 0;
    const now = typed();
    if (leaving || now === kept) return;
    const words = new FormData(form);
    words.set("act", "keep");
    try {
      const answer = await fetch(form.action, { method: "POST", body: words, keepalive: true });
      if (answer.headers.has("X-Signed-Out")) renewKey();
      if (answer.redirected || answer.status >= 500 || answer.headers.has("X-Signed-Out")) throw new Error(answer.status);
      kept = now;
      wait = KEEP;
      told.textContent = answer.status === 204 ? told.dataset.words : told.dataset.refused;
    } catch {
      // The line is down, or nobody is signed in: again, less and less often.
      wait = Math.min(2 * wait, LONGEST);
      told.textContent = told.dataset.lost;
      soon();
    }
  };
  const changed = () => {
    told.textContent = "";
    soon();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  addEventListener("pagehide", keep);
  // What is sent is no draft any more.
  form.addEventListener("submit", () => {
    leaving = true;
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });
}
