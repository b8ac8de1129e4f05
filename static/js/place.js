// "Use my location": asks the browser, writes two hidden fields. Without it the words are enough.
const here = document.querySelector("[data-here]");
if (here && navigator.geolocation && window.isSecureContext) offer(here);

function offer(here) {
  const fields = here.closest("form").elements;
  const find = here.querySelector("[data-here-find]");
  const forget = here.querySelector("[data-here-forget]");
  const told = here.querySelector("[data-here-told]");
  const words = here.dataset;
  here.hidden = false;

  const write = (latitude, longitude) => {
    fields.latitude.value = latitude;
    fields.longitude.value = longitude;
    forget.hidden = latitude === "";
  };

  find.addEventListener("click", () => {
    told.textContent = words.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        write(coords.latitude.toFixed(6), coords.longitude.toFixed(6));
        told.textContent = `${words.found} ${Math.round(coords.accuracy)}`;
      },
      (problem) => {
        told.textContent = problem.code === problem.PERMISSION_DENIED ? words.refused : words.late;
      },
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
    );
  });
  forget.addEventListener("click", () => {
    write("", "");
    told.textContent = words.forgotten;
    find.focus();
  });
}
