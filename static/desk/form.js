"use strict";
// A form in sections: tabs that the address remembers, what is not saved yet, and files that are not sent in vain.
(() => {
  const { one, all, make, rows } = desk;

  function show(form, links, panels, chosen, focus) {
    links.forEach((link, place) => {
      link.setAttribute("aria-selected", place === chosen);
      link.tabIndex = place === chosen ? 0 : -1;
      panels[place].classList.toggle("on", place === chosen);
    });
    history.replaceState(null, "", links[chosen].hash);
    form.action = location.pathname + location.search + links[chosen].hash;
    links[chosen].scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focus) links[chosen].focus();
  }

  function asTabs(bar, links, panels) {
    bar.setAttribute("role", "tablist");
    links.forEach((link, place) => {
      link.id = `tab-${place}`;
      link.setAttribute("role", "tab");
      link.setAttribute("aria-controls", panels[place].id);
      panels[place].setAttribute("role", "tabpanel");
      panels[place].setAttribute("aria-labelledby", link.id);
    });
  }

  function tabs(form) {
    const bar = one(".bar .tabs");
    if (!bar) return all(".panel").forEach(panel => panel.classList.add("on"));
    const links = all("a", bar), panels = links.map(link => one(link.getAttribute("href")));
    const go = (place, focus) => show(form, links, panels, place, focus);
    const asked = () => links.findIndex(link => link.hash === location.hash);
    asTabs(bar, links, panels);
    links.forEach((link, place) => link.addEventListener("click", event => { event.preventDefault(); go(place); }));
    bar.addEventListener("keydown", event => {
      const at = links.indexOf(document.activeElement), last = links.length - 1;
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last, " ": at }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      go((next + links.length) % links.length, true);
    });
    const wrong = panels.findIndex(panel => one(".errorlist", panel));
    go(Math.max(wrong >= 0 ? wrong : asked(), 0));
    scrollTo(0, 0);
    addEventListener("hashchange", () => { if (asked() >= 0) go(asked()); });
    form.addEventListener("invalid", event => {
      const place = panels.findIndex(panel => panel.contains(event.target));
      if (place >= 0) go(place);
      const row = event.target.closest(".row");
      if (row) rows.open(row, true);
    }, true);
  }

  // A request with too much in it is refused as a whole, with all that was typed: so this is said before it is sent.
  function wrongWith(input, form) {
    const { most, tooMany, largest, tooLarge, together, tooMuch } = input.dataset;
    const size = all("input[type=file]", form).flatMap(other => [...other.files]).reduce((sum, file) => sum + file.size, 0);
    const heavy = [...input.files].filter(file => file.size > Number(largest));
    return [
      ...(input.files.length > Number(most) ? [tooMany] : []),
      ...heavy.map(file => `${file.name}: ${tooLarge}`),
      ...(size > Number(together) ? [tooMuch] : []),
    ];
  }

  function tellBeside(input, sentences) {
    const id = `${input.id}_wrong`;
    one(`#${CSS.escape(id)}`)?.remove();
    input.removeAttribute("aria-invalid");
    if (!sentences.length) return;
    const list = make("ul", "errorlist");
    list.id = id;
    list.setAttribute("role", "alert");
    list.append(...sentences.map(sentence => make("li", "", sentence)));
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-errormessage", id);
    input.after(list);
  }

  function files(form) {
    const limited = all("input[type=file][data-together]", form);
    const wrong = () => limited.filter(input => {
      const sentences = wrongWith(input, form);
      tellBeside(input, sentences);
      return sentences.length;
    });
    form.addEventListener("change", event => { if (event.target.type === "file") wrong(); });
    form.addEventListener("submit", event => {
      const [first] = wrong();
      if (!first) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      first.dispatchEvent(new Event("invalid"));
      first.focus();
    });
  }

  function keeping(form) {
    const saved = one("#saved");
    let dirty = false, sending = false;
    const mark = () => {
      if (!desk.touched || dirty) return;
      dirty = true;
      saved.textContent = saved.dataset.dirty;
      saved.classList.add("dirty");
    };
    form.addEventListener("input", mark);
    form.addEventListener("change", mark);
    window.django?.jQuery?.(form).on("change", "select", mark);
    form.addEventListener("submit", () => { sending = true; });
    addEventListener("beforeunload", event => { if (dirty && !sending) event.preventDefault(); });
    document.addEventListener("keydown", event => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
      event.preventDefault();
      form.requestSubmit(one("button[name=_continue]"));
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const form = one("body.desk-form #content-main form");
    if (!form) return;
    rows.start();
    tabs(form);
    files(form);
    keeping(form);
    if (location.pathname.endsWith("/add/")) one(".panel.on input:not([type=hidden])")?.focus();
  });
})();
