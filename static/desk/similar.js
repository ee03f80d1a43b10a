"use strict";
// While a new record is named: those that are like it, below the line that is typed in.
(() => {
  const { one, all, say } = desk;
  const box = one("#similar");
  const NAMES = ["name_en", "name_zh_hans", "short_en", "short_zh_hans", "website"];
  const fields = NAMES.map(name => one(`#id_${name}`)).filter(Boolean);
  let timer, asked;

  function address() {
    const query = new URLSearchParams(fields.map(field => [field.name, field.value]));
    const answer = one("[name=another]:checked", box);
    if (answer) query.set("another", answer.value);
    if ("popup" in box.dataset) query.set("_popup", "1");
    return `${box.dataset.address}?${query}`;
  }

  // What was shown before stays until the answer is there: nothing jumps while somebody types.
  async function look() {
    asked?.abort();
    asked = new AbortController();
    const before = all("li", box).length;
    try {
      const answer = await fetch(address(), { signal: asked.signal, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      box.innerHTML = await answer.text();
    } catch {
      return; // the page asks once more when it is saved
    }
    const found = all("li", box);
    if (found.length && found.length !== before) say(`${one("h2", box).textContent} ${found.map(item => one("span", item).textContent.trim()).join("; ")}`);
  }

  function soon(event) {
    if (event.isComposing) return; // an input method is not done with the characters
    clearTimeout(timer);
    timer = setTimeout(() => {
      event.target.closest(".form-row")?.after(box);
      look();
    }, 300);
  }

  for (const field of fields) {
    field.addEventListener("input", soon);
    field.addEventListener("compositionend", soon);
  }
})();
