"use strict";
// Navigation that can be searched (Ctrl+K), menus that close, and names for the boxes that select2 draws.
(() => {
  const { one, all, make, labelOf } = desk;

  function announcements() {
    const live = make("div", "visually-hidden");
    live.id = "desk-says";
    live.setAttribute("role", "status");
    document.body.append(live);
  }

  function filterNavigation(nav, find) {
    const wanted = find.value.trim().toLowerCase();
    let found = 0;
    for (const section of all("section", nav)) {
      const items = all("li", section);
      for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(wanted);
      const hits = items.filter(item => !item.hidden).length;
      section.hidden = !hits;
      found += hits;
    }
    const none = one(".none", nav);
    none.textContent = found ? "" : none.dataset.text;
  }

  function navigation() {
    const nav = one("#desk-nav"), find = one("#nav-find");
    if (!nav) return;
    find.addEventListener("input", () => filterNavigation(nav, find));
    find.addEventListener("keydown", event => {
      if (event.key === "Enter") one("li:not([hidden]) a", nav)?.click();
      if (event.key === "Escape" && find.value) {
        event.stopPropagation();
        find.value = "";
        filterNavigation(nav, find);
      }
    });
    document.addEventListener("keydown", event => {
      const wanted = (event.ctrlKey || event.metaKey) && event.key === "k" && !event.target.closest(".ProseMirror");
      if (!wanted) return;
      event.preventDefault();
      if (!find.offsetParent) nav.showPopover?.();
      find.focus();
    });
  }

  function menus() {
    const closeOthers = event => {
      for (const menu of all("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
    };
    document.addEventListener("click", closeOthers);
    document.addEventListener("focusin", closeOthers);
    document.addEventListener("keydown", event => {
      const menu = event.key === "Escape" && event.target.closest?.("details[data-menu][open]");
      if (!menu) return;
      menu.open = false;
      one("summary", menu).focus();
    });
  }

  function nameSingle(select, box) {
    const selection = one(".select2-selection", box), shown = one(".select2-selection__rendered", selection);
    if (!selection.dataset.named) {
      const name = make("span", "visually-hidden", labelOf(select));
      name.hidden = true;
      name.id = `${select.id}-name`;
      box.append(name);
      selection.dataset.named = name.id;
    }
    shown?.removeAttribute("role");
    shown?.removeAttribute("aria-readonly");
    selection.setAttribute("aria-labelledby", [selection.dataset.named, shown?.id].filter(Boolean).join(" "));
  }

  function nameMany(select, box) {
    one(".select2-search__field", box)?.setAttribute("aria-label", labelOf(select));
    for (const clear of all("ul.select2-selection__rendered > span", box)) clear.setAttribute("role", "listitem");
  }

  function name(select) {
    const box = select.nextElementSibling;
    if (box?.classList.contains("select2")) (select.multiple ? nameMany : nameSingle)(select, box);
  }

  function nameAll(root) {
    for (const select of all("select.admin-autocomplete", root)) {
      name(select);
      if (select.dataset.watched) continue;
      select.dataset.watched = "yes";
      new MutationObserver(() => name(select)).observe(select.parentElement, { childList: true, subtree: true });
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    announcements();
    navigation();
    menus();
    nameAll(document);
    addEventListener("load", () => nameAll(document));
    document.addEventListener("formset:added", event => setTimeout(() => nameAll(event.target)));
  });
})();
