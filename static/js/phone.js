// The phone desk: the panels follow what is typed, and Ctrl+Enter saves. Without this file the
// button "Look up" does the first, and Save the second.
const form = document.querySelector("[data-panels]");
const panels = document.getElementById("panels");
const look = document.querySelector("[data-look]");
const told = document.querySelector("[data-told]");
const FOLLOWS = new Set(["text", "contact", "place", "borough", "language"]);
let waiting;
let asking;

look.hidden = true;
document.querySelector("[data-quick]").hidden = false;

form.addEventListener("input", (event) => {
  if (!FOLLOWS.has(event.target.name)) return;
  clearTimeout(waiting);
  // A syllable that is still being composed is no word yet; its last input event comes after it.
  if (!event.isComposing || event.data?.length > 1) waiting = setTimeout(follow, 500);
});
form.addEventListener("compositionend", () => {
  clearTimeout(waiting);
  waiting = setTimeout(follow, 500);
});
document.addEventListener("keydown", (event) => {
  const enter = event.code === "Enter" || event.code === "NumpadEnter";
  if (!enter || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[value=save]"));
});
if (form.elements.text.value || form.elements.contact.value) look.hidden = true;
if (!document.getElementById("errors")) form.elements.text.focus();

async function follow() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.dataset.panels, {
      method: "POST",
      body: new FormData(form),
      signal: asking.signal,
      redirect: "error",
    });
    if (!answer.ok) throw new Error(answer.status);
    show(await answer.text());
  } catch (problem) {
    if (problem.name === "AbortError") return;
    told.textContent = told.dataset.failed;
    look.hidden = false;
  }
}

function show(fragment) {
  // Who walks through the panels just now keeps the place.
  if (panels.contains(document.activeElement)) return;
  panels.innerHTML = fragment;
  told.textContent = panels.querySelector("[data-found]")?.dataset.found ?? "";
  look.hidden = true;
}
