// Shows that there is something to read; a word that comes twice takes its own place.
self.addEventListener("push", (event) => {
  const word = event.data.json();
  const shown = { body: word.body, tag: word.tag, data: word.open };
  event.waitUntil(self.registration.showNotification(word.title, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
