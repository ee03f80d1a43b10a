"use strict";
// A form in sections: tabs that the address remembers, what is not saved yet, and names for the prose editor.
(() => {
  const { one, all, rows } = desk;

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
    keeping(form);
    if (location.pathname.endsWith("/add/")) one(".panel.on input:not([type=hidden])")?.focus();
  });
})();
