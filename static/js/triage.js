// The desk by keyboard, and what an open page asks for by itself: what lies beside, the counts, who
// else is looking. Keys go by their place, so that a Hangul layout works too, and rest in every
// field and while a syllable is composed. Without this script every button is there all the same.
const NAME = "desk-keys";
const PULSE = 15000;
const AGAIN = 8000;
const page = document.querySelector("[data-triage]");
const box = document.querySelector("[data-keys]");
const dialog = document.querySelector("[data-keys-dialog]");

document.addEventListener("keydown", send);
document.addEventListener("submit", once);
if (box) offerKeys(box, box.querySelector("[data-keys-on]"));
if (page) {
  loadBeside(page.querySelector("[data-beside]"));
  countChosen();
  setInterval(pulse, PULSE);
}
for (const undo of document.querySelectorAll("[data-undo]")) setTimeout(() => undo.remove(), undo.dataset.undo * 1000);

function send(event) {
  // Ctrl+Enter sends what is being written, or what is on the preview.
  const held = event.ctrlKey || event.metaKey;
  if (event.code !== "Enter" || !held || event.isComposing || event.repeat) return;
  const form = event.target.closest?.("form") ?? document.querySelector("[data-send]")?.form;
  const button = form?.querySelector("[data-send]") ?? form?.querySelector("button[type=submit]");
  if (!button) return;
  event.preventDefault();
  button.click();
}

function once(event) {
  // On a slow line people press again: the first press counts.
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, AGAIN);
}

function offerKeys(here, on) {
  here.hidden = false;
  on.checked = read() !== "off";
  on.addEventListener("change", () => write(on.checked ? "on" : "off"));
  here.querySelector("[data-keys-help]").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input:not([type=checkbox]), select, textarea, dialog");
    const held = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (writing || held || event.repeat) return;
    if (!on.checked) return;
    if (event.key === "?") return dialog.showModal();
    if (act(event.code)) event.preventDefault();
  });
}

function act(code) {
  switch (code) {
    case "KeyJ":
      return walk(1);
    case "KeyK":
      return walk(-1);
    case "KeyX":
      return click(document.querySelector(".item--open input[name=chosen]"));
    case "KeyR":
      return focus(document.querySelector("[data-answer] textarea[name=answer]"));
    case "KeyU":
      return click(document.querySelector("[data-undo] button"));
  }
  const marked = `[data-key~="${code}"]`;
  const found = document.querySelector(`button${marked}`) ?? document.querySelector(marked);
  if (!found) return false;
  if (found.matches("summary")) {
    found.parentElement.open = true;
    return focus(found.parentElement.querySelector("select, textarea, input:not([type=hidden])"));
  }
  return found.matches("button") ? click(found) : focus(found.querySelector("select, input"));
}

function walk(step) {
  const links = [...document.querySelectorAll("[data-item]")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  return click(links[at + step]);
}

function click(what) {
  what?.click();
  return Boolean(what);
}

function focus(what) {
  what?.focus();
  what?.scrollIntoView({ block: "center" });
  return Boolean(what);
}

async function loadBeside(place) {
  if (!place) return;
  try {
    const answer = await fetch(place.dataset.beside);
    if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
  } catch {
    // The link to the whole page stays.
  }
}

async function pulse() {
  if (document.hidden) return;
  try {
    const answer = await fetch(page.dataset.pulse);
    if (!answer.ok || answer.redirected) return;
    const { counts, looking } = await answer.json();
    for (const shown of page.querySelectorAll("[data-count]")) {
      const count = counts[shown.dataset.count];
      if (count !== undefined && count !== shown.textContent) shown.textContent = count;
    }
    tellWhoLooks(looking);
  } catch {
    // The next one may go through.
  }
}

function tellWhoLooks(names) {
  const place = page.querySelector("[data-looking]");
  if (!place) return;
  const words = names.length ? place.dataset.words.replace("NAMES", names.join(", ")) : "";
  if (place.textContent.trim() === words) return;
  const line = document.createElement("span");
  line.className = "looking";
  line.textContent = words;
  place.replaceChildren(...(words ? [line] : []));
}

function countChosen() {
  const boxes = [...document.querySelectorAll("input[name=chosen]")];
  const bulk = document.querySelector("[data-bulk]");
  if (!bulk) return;
  const told = bulk.querySelector("[data-chosen]");
  const all = bulk.querySelector("[data-choose-all]");
  const tell = () => {
    const count = boxes.filter((one) => one.checked).length;
    told.textContent = count || "";
    if (count) bulk.open = true;
  };
  bulk.querySelector("[data-all]").hidden = false;
  all.addEventListener("change", () => {
    for (const one of boxes) one.checked = all.checked;
    tell();
  });
  for (const one of boxes) one.addEventListener("change", tell);
  tell();
}

function read() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

function write(value) {
  try {
    localStorage.setItem(NAME, value);
  } catch {
    // The switch then holds for this page only.
  }
}
