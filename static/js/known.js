// What is suggested already, in place while somebody writes. Needs: [data-known="address"] with
// [data-found] and a button of a form with a field `text` and the hidden token against forged
// requests. Without JavaScript that button asks for the same.
for (const box of document.querySelectorAll("[data-known]")) {
  const { text: words, csrfmiddlewaretoken: token } = box.querySelector("button").form.elements;
  const found = box.querySelector("[data-found]");
  let waiting;
  let asked = "";

  const look = async () => {
    const text = words.value.trim();
    if (text.length < 8 || text === asked) return;
    asked = text;
    const body = new URLSearchParams({ text, csrfmiddlewaretoken: token.value });
    try {
      const answer = await fetch(box.dataset.known, { method: "POST", body });
      // Only for what stands there now: a slow answer must not overtake a newer one.
      if (answer.ok && asked === text) found.innerHTML = await answer.text();
    } catch {
      asked = ""; // the network is away; the next pause asks again
    }
  };
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 900);
  });
}
