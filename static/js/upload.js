// Sends chosen photos ahead of their form and says how far they are. Needs: input[data-photos]
// in a form, with its words in data attributes, and a .photos-told beside it. Without this file
// the form takes its photos along itself.
for (const input of document.querySelectorAll("input[type=file][data-photos]")) watch(input);

function watch(input) {
  const form = input.form;
  const words = input.dataset;
  const told = input.parentElement.querySelector(".photos-told");
  let going = null;
  let under = null;

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || (!going && !input.files.length)) return;
    event.preventDefault();
    if (!going) send(event.submitter);
  });
  window.addEventListener("pagehide", () => going?.abort());

  function send(button) {
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", words.sending);
    const line = say(words.sending);
    // Under the button just pressed: a second tap must not meet "Stop" where "Next" was.
    under = document.createElement("div");
    under.className = "photos-going";
    under.append(bar, stop());
    (form.contains(button) && !button.hidden ? button : told).after(under);

    going = new XMLHttpRequest();
    going.open("POST", words.photos);
    going.responseType = "json";
    going.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = (loaded / total) * 100;
      const quarter = Math.floor(bar.value / 25) * 25; // a screen reader need not hear each step
      if (quarter) line.textContent = words.part.replace("{part}", quarter);
    });
    going.addEventListener("load", () => arrived(going.status, going.response, button));
    going.addEventListener("error", () => end(words.failed));
    going.addEventListener("abort", () => end(words.stopped));
    going.send(photos());
  }

  function photos() {
    const typed = new FormData();
    for (const name of ["csrfmiddlewaretoken", "client_key", "with_photos"]) {
      const field = form.elements[name];
      if (field) typed.append(name, (field.length ? field[0] : field).value);
    }
    for (const file of input.files) typed.append("photos", file);
    return typed;
  }

  function arrived(status, answer, button) {
    if (status !== 200 || !answer) {
      end(status === 413 ? words.large : words.failed);
      return;
    }
    end("");
    input.value = "";
    remember("client_key", answer.client_key);
    remember("with_photos", "1");
    for (const [key, name] of Object.entries(answer.names)) remember(`name-${key}`, name);
    if (answer.problems.length) {
      for (const problem of answer.problems) say(problem).className = "error";
      if (Object.keys(answer.names).length) say(words.others);
      return;
    }
    form.requestSubmit(button);
  }

  function remember(name, value) {
    let field = form.elements[name];
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      form.append(field);
    }
    (field.length ? field[0] : field).value = value;
  }

  function end(sentence) {
    going = null;
    under?.remove();
    told.replaceChildren();
    if (sentence) say(sentence);
  }

  function say(sentence) {
    const line = document.createElement("p");
    line.textContent = sentence;
    told.append(line);
    return line;
  }

  function stop() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--secondary";
    button.textContent = words.cancel;
    button.addEventListener("click", () => going.abort());
    return button;
  }
}
