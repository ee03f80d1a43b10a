"use strict";
// A field that is there to be copied: selected when it is entered, and a button where the browser can do the rest.
for (const line of desk.all(".copy")) {
  const field = desk.one("input", line), button = desk.one("button", line);
  field.addEventListener("focus", () => field.select());
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
    desk.say(button.dataset.done);
  });
}
