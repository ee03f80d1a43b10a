"use strict";
// The page of a trip, where scripts run: pictures open in place, and its address can be copied. All else is plain links.
{
  const photos = [...document.querySelectorAll("a.photo")], viewer = document.querySelector(".viewer");
  const stage = viewer?.querySelector("figure"), page = viewer?.querySelector("a");
  const [before, after] = viewer?.querySelectorAll("button") ?? [];
  let shown = 0;

  const show = (number) => {
    shown = Math.min(Math.max(number, 0), photos.length - 1);
    const figure = photos[shown].closest("figure"), picture = figure.querySelector("picture").cloneNode(true);
    for (const source of picture.querySelectorAll("source")) source.sizes = "100vw";
    const image = picture.querySelector("img"), count = document.createElement("p");
    image.removeAttribute("loading");
    image.removeAttribute("class");
    count.textContent = photos[shown].dataset.called;
    stage.replaceChildren(picture, count, ...[figure.querySelector("figcaption")?.cloneNode(true)].filter(Boolean));
    page.href = photos[shown].href;
    before.disabled = shown === 0;
    after.disabled = shown === photos.length - 1;
    if (document.activeElement?.disabled || document.activeElement === document.body) viewer.querySelector("button:enabled").focus();
  };

  photos.forEach((link, number) => viewer && link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    viewer.showModal();
    show(number);
  }));
  viewer?.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: photos.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to);
  });
  viewer?.addEventListener("click", ({ target }) => {
    if (target === viewer || target.value === "0") viewer.close();
    else if (target.value) show(shown + Number(target.value));
  });
  viewer?.addEventListener("close", () => photos[shown].focus());

  const able = (name, can, act) => document.querySelectorAll(`[data-${name}]`).forEach((button) => {
    button.parentElement.hidden = !can;
    button.addEventListener("click", () => act(button));
  });
  able("copy", navigator.clipboard, async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  });
  able("share", navigator.share, (button) => navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {}));
  const now = new Date(), two = (number) => String(number).padStart(2, "0");
  for (const day of document.querySelectorAll("[data-today]"))
    day.textContent = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
