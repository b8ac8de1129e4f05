// What a browser does with a notice of ours while no page is open: show it, open the case, or stop.
self.addEventListener("push", (event) => {
  const told = event.data.json();
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.body,
      lang: told.lang,
      tag: told.tag, // the same notice a second time takes the place of the first
      data: { link: told.link, stop: told.stop },
      actions: [{ action: "stop", title: told.stop_words }],
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  const { link, stop } = event.notification.data;
  event.notification.close();
  event.waitUntil(
    event.action === "stop" ? fetch(stop, { method: "POST" }) : self.clients.openWindow(link),
  );
});
