// What is new on the wall since this page was made: a number and a link, never a move under the
// reader. Needs [data-live] of channels_app/smc_live.html; without this file nothing is told.
const POLL = 10_000;
const SLOW = 60_000; // where the portal is crowded
const CALM = 5_000; // between two numbers: a screen reader would speak over the person
const TRIES = 3; // of the stream in a row, then we look by ourselves …
const POLLS = 6; // … so often, before it is tried again

const box = document.querySelector("[data-live]");
if (box) follow(box);

function follow(box) {
  const words = box.dataset;
  const [told, show, pause, at] = ["told", "show", "pause", "at"].map((name) =>
    box.querySelector(`[data-live-${name}]`),
  );
  const began = { last: +words.last, came: +words.came, answered: +words.answered };
  let now = began;
  let state = ""; // a name among the words; "" while all is well
  let paused = false;
  let tries = 0;
  let polls = 0;
  let painted = 0;
  let source, asking, waiting, calm;

  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? words.resume : words.pause;
    become(paused ? "held" : "");
    start();
  });
  // Nobody reads a hidden tab. Whoever comes back is told at once what came meanwhile.
  document.addEventListener("visibilitychange", start);
  paint();
  painted = 0;
  start();

  function stop() {
    source?.close();
    asking?.abort();
    clearTimeout(waiting);
  }

  function start() {
    stop();
    tries = polls = 0;
    if (paused || document.hidden) return;
    source = new EventSource(words.stream);
    source.onmessage = (event) => {
      const heard = JSON.parse(event.data);
      tries = 0;
      hear(heard, heard.bell ? "" : "slowly");
      if (heard.live) return;
      stop();
      waiting = setTimeout(poll, SLOW);
    };
    source.onerror = () => {
      // The browser tries again by itself, unless it was refused.
      if (source.readyState === EventSource.CLOSED || ++tries >= TRIES) poll();
    };
  }

  async function poll() {
    stop();
    asking = new AbortController();
    const { signal } = asking;
    let wait = POLL;
    try {
      const answer = await fetch(words.poll, { cache: "no-cache", signal });
      if (!answer.ok) throw new Error(answer.status);
      const heard = await answer.json();
      hear(heard, "slowly");
      if (!heard.live) wait = SLOW;
    } catch {
      if (signal.aborted) return;
      become("lost");
    }
    polls += 1;
    waiting = setTimeout(polls < POLLS ? poll : start, wait);
  }

  function hear(heard, how) {
    const moment = new Date();
    at.textContent = moment.toLocaleTimeString(document.documentElement.lang, { timeZone: "Asia/Seoul" });
    at.dateTime = moment.toISOString();
    if (heard.live) now = heard;
    become(heard.live ? how : "off");
    calm ??= setTimeout(paint, Math.max(0, painted + CALM - Date.now()));
  }

  function become(name) {
    if (name === state) return;
    state = name;
    paint();
  }

  function paint() {
    clearTimeout(calm);
    calm = undefined;
    // Where as much was hidden as came, the newest number alone tells that something is new.
    const messages = Math.max(now.came - began.came, now.last > began.last ? 1 : 0);
    const answers = Math.max(now.answered - began.answered, 0);
    const count = messages + answers;
    const counted = words.counted.replace("{messages}", messages).replace("{answers}", answers);
    const how = words[state] ?? "";
    const text = count ? `${counted} ${how}`.trim() : how || words.nothing;
    if (told.textContent === text) return;
    told.textContent = text;
    painted = Date.now();
    show.textContent = words.new.replace("{n}", count);
    show.classList.toggle("live__show--new", count > 0);
  }
}
