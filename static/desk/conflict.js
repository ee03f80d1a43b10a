"use strict";
// Choosing between two versions: all at once, and the way from the summary to each field.
document.addEventListener("DOMContentLoaded", () => {
  const { one, all, say } = desk, box = one(".conflict");

  for (const button of all("[data-all]", box)) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const choice of all(".versions input")) choice.checked = choice.value === button.dataset.all;
      say(button.dataset.said);
    });
  }

  for (const link of all("a", box)) {
    link.addEventListener("click", event => {
      event.preventDefault();
      const choice = one("input:checked", document.getElementById(link.hash.slice(1)));
      choice.dispatchEvent(new Event("invalid")); // opens its tab and its row
      choice.focus();
    });
  }
});
