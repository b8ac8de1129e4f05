// How many characters are left in the box, once it is nearly full. Needs: textarea[data-limit]
// in a form with data-left and data-over. The server counts again; this only saves a round trip.
for (const box of document.querySelectorAll("textarea[data-limit]")) {
  const limit = Number(box.dataset.limit);
  const words = box.form.dataset;
  const told = document.createElement("p");
  told.className = "hint";
  told.setAttribute("role", "status");
  box.after(told);

  const count = () => {
    // As the server counts: whole characters, not halves of an emoji, no spaces at the ends.
    const left = limit - [...box.value.trim()].length;
    if (left < 0) told.textContent = `${words.over} ${-left}`;
    else if (left <= limit / 10) told.textContent = `${words.left} ${left}`;
    else told.textContent = "";
  };
  // Not at every key: a screen reader would speak over the person.
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, 400);
  });
  count();
}
