// "Tell me on this device", only where the browser can. Needs [data-push] of
// channels_app/follow_box.html; without this file the mail and the feed are still there.
const box = document.querySelector("[data-push]");
const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
if (box && can) offer(box);

async function offer(box) {
  const words = box.dataset;
  const button = box.querySelector("button");
  const told = box.querySelector("[role=status]");
  let follows = false;

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      become(await ask(follows ? "end" : "follow", follows ? await known() : await subscribed()));
      told.textContent = follows ? words.done : words.ended;
    } catch {
      told.textContent = Notification.permission === "denied" ? words.refused : words.failed;
    }
    button.disabled = false;
  });
  try {
    const device = await known();
    if (device) become(await ask("look", device));
  } catch {
    // Then the button offers to follow: doing it twice changes nothing.
  }
  box.hidden = false;

  function become(now) {
    follows = now;
    button.textContent = follows ? words.end : words.follow;
  }

  async function ask(act, device) {
    const { endpoint, keys } = device.toJSON();
    const answer = await fetch(words.push, {
      method: "POST",
      body: new URLSearchParams({ act, endpoint, ...keys }),
    });
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).follows;
  }

  async function subscribed() {
    await navigator.serviceWorker.register(words.worker);
    const { pushManager } = await navigator.serviceWorker.ready;
    return pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: words.key,
    });
  }
}

async function known() {
  const worker = await navigator.serviceWorker.getRegistration("/");
  return worker?.pushManager.getSubscription();
}
