"use strict";
// Who else has this form open, told in the bar. A courtesy: it is asked for now and then, and nothing waits for it.
document.addEventListener("DOMContentLoaded", () => {
  const { one } = desk, EVERY = 45_000;
  const told = one("#also-open"), form = one("#content-main form");
  if (!told) return;
  let sending = false;

  const body = (...more) => new URLSearchParams([["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value], ...more]);

  async function ask() {
    if (document.hidden) return;
    const answer = await fetch(told.dataset.address, { method: "POST", body: body() }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const { also } = await answer.json();
    if (told.textContent !== also) told.textContent = also; // a live region: said once
  }

  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("pageshow", event => { if (event.persisted) ask(); });
  addEventListener("pagehide", () => {
    if (!sending) navigator.sendBeacon(told.dataset.address, body(["left", "yes"])); // after a save the form is back
  });
});
