"use strict";
// Both frames go to the same difference together; a page that is wider than its frame is made smaller, as a whole.
(() => {
  const { one, all } = desk;

  function show(number, page) {
    all(".marked.here", page).forEach(mark => mark.classList.remove("here"));
    let marks = all(`[data-difference="${number}"]`, page);
    marks.forEach(mark => mark.classList.add("here"));
    for (let before = number - 1; !marks.length && before > 0; before--) { // what only the other page has: as near as can be
      marks = all(`[data-difference="${before}"]`, page);
    }
    if (!marks.length) return page.defaultView.scrollTo({ top: 0, behavior: "instant" });
    const seen = one("img, svg", marks[0]) ?? marks[0], view = page.defaultView;
    const top = view.scrollY + seen.getBoundingClientRect().top - view.innerHeight / 3;
    view.scrollTo({ top, behavior: "instant" }); // the frame alone: the desk's own page stays where it is
  }

  function stepping(frames, jumps) {
    const count = Number(jumps.dataset.count);
    let at = 0;
    for (const button of all("[data-step]", jumps)) {
      const by = Number(button.dataset.step);
      button.hidden = false;
      button.addEventListener("click", () => {
        at += by;
        if (at < 1 || at > count) at = by > 0 ? 1 : count;
        for (const frame of frames) if (frame.contentDocument) show(at, frame.contentDocument);
        one("#where").textContent = jumps.dataset.at.replace("{n}", at).replace("{count}", count);
      });
    }
  }

  // A link of a page in a frame opens in a window of its own; one within the page stays there.
  function watch(frame) {
    frame.contentDocument?.addEventListener("click", event => {
      const link = event.target.closest("a[href]");
      if (!link || link.getAttribute("href").startsWith("#")) return;
      event.preventDefault();
      window.open(link.href, "_blank", "noopener");
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const frames = all(".frame iframe"), jumps = one(".jumps");
    for (const frame of frames) {
      frame.addEventListener("load", () => watch(frame));
      watch(frame);
      new ResizeObserver(() => {
        const box = frame.parentElement;
        box.style.setProperty("--scale", Math.min(1, box.clientWidth / frame.offsetWidth));
      }).observe(frame.parentElement);
    }
    if (jumps) stepping(frames, jumps);
  });
})();
