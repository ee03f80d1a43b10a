"use strict";
// Both frames go to the same difference together; a page that is wider than its frame is made smaller, as a whole.
(() => {
  const { one, all } = desk;

  // What stands in one page alone is shown beside the part of the other page where it would be.
  function show(number, pages) {
    const found = pages.map(page => all(`[data-difference="${number}"]`, page));
    const part = found.flat().map(mark => mark.closest("section")?.querySelector("h2[id]")?.id).find(Boolean);
    pages.forEach((page, at) => {
      all(".marked.here", page).forEach(mark => mark.classList.remove("here"));
      found[at].forEach(mark => mark.classList.add("here"));
      const place = found[at][0] ?? (part && page.getElementById(part));
      if (!place) return;
      const seen = (found[at][0] && one("img, svg", place)) ?? place, view = page.defaultView;
      const top = view.scrollY + seen.getBoundingClientRect().top - view.innerHeight / 3;
      view.scrollTo({ top, behavior: "instant" }); // the frame alone: the desk's own page stays where it is
    });
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
        show(at, frames.map(frame => frame.contentDocument).filter(Boolean));
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
