// The publication desk by keyboard: J and K walk the cards, S shows, H goes to the reasons for
// hiding, X sets aside, C chooses. By the place of the key, so that a Hangul layout works too.
// Without this script every button is there all the same.
const cards = [...document.querySelectorAll("[data-card]")];
const keys = document.querySelector("[data-keys]");
const NAME = "screening-keys";

if (keys) offerKeys(keys, keys.querySelector("[data-keys-on]"));
countChosen();

function offerKeys(box, on) {
  box.hidden = false;
  on.checked = read() !== "off";
  on.addEventListener("change", () => write(on.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input:not([type=checkbox]), select, textarea");
    const held = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (!on.checked || writing || held) return;
    const act = { KeyJ: () => walk(1), KeyK: () => walk(-1), KeyS: () => press("show"),
      KeyH: toReasons, KeyX: () => press("set_aside"), KeyC: choose }[event.code];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

function here() {
  return document.activeElement.closest("[data-card]");
}

function walk(step) {
  const at = cards.indexOf(here());
  const next = at < 0 ? cards[0] : cards[Math.min(Math.max(at + step, 0), cards.length - 1)];
  next?.focus();
}

function press(verdict) {
  // Only on the card that has the focus: a stray key decides nothing.
  here()?.querySelector(`button[value=${verdict}]`)?.click();
}

function toReasons() {
  here()?.querySelector("select[name=hide_reason]")?.focus();
}

function choose() {
  here()?.querySelector("input[type=checkbox]")?.click();
}

function countChosen() {
  const boxes = [...document.querySelectorAll("input[form=bulk][type=checkbox]")];
  const told = document.querySelector("[data-chosen]");
  const all = document.querySelector("[data-choose-all]");
  if (!told || !all) return;
  const tell = () => {
    told.textContent = `${told.dataset.words} ${boxes.filter((box) => box.checked).length}`;
  };
  all.hidden = false;
  all.addEventListener("click", () => {
    for (const box of boxes) box.checked = true;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
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
