// The button that asks for word on this telephone. What the browser says goes the way of all forms. It is read with the
// page, just behind the form, so that nothing moves when that is shown.
(() => {
  const form = document.getElementById("ask-for-push");
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return;
  form.hidden = false;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const said = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    try {
      const worker = await navigator.serviceWorker.register("/push-worker.js");
      const asked = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key) };
      const subscription = await worker.pushManager.subscribe(asked);
      form.elements.endpoint.value = subscription.endpoint;
      form.elements.p256dh.value = said(subscription.getKey("p256dh"));
      form.elements.auth.value = said(subscription.getKey("auth"));
      form.requestSubmit();
    } catch {
      document.getElementById("push-refused").hidden = false;
    }
  });
})();
