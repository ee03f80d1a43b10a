"use strict";
// Loaded before the page is drawn: marks it as scripted, and holds what the other scripts of the desk share.
document.documentElement.classList.add("js");

window.desk = {
  one: (selector, root = document) => root.querySelector(selector),
  all: (selector, root = document) => [...root.querySelectorAll(selector)],

  make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  },

  // What a control is called: its own label, else the words of its <label>.
  labelOf(control) {
    const label = desk.one(`label[for="${CSS.escape(control.id)}"]`);
    return control.getAttribute("aria-label") || label?.textContent.trim() || control.name;
  },

  // True once a person did something: scripts fire change events while they start.
  touched: false,

  // The editors of rich text, by the textarea that each stands for.
  editors: new WeakMap(),

  // Tell it to those who do not see it.
  say(text) {
    const live = desk.one("#desk-says");
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 30);
  },
};

for (const type of ["keydown", "pointerdown", "paste", "drop"]) {
  document.addEventListener(type, () => { desk.touched = true; }, true);
}

// Tiptap adds its own style element unless one is there; the content policy allows an empty one only.
const style = document.createElement("style");
style.setAttribute("data-tiptap-style", "");
document.head.append(style);

// The editor names nothing for those who do not see it. It may be ready before the other scripts are.
document.addEventListener("prose-editor:ready", ({ detail: { textarea, editor } }) => {
  const area = editor.view.dom;
  desk.editors.set(textarea, editor);
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  area.setAttribute("aria-label", desk.labelOf(textarea));
  if (textarea.lang) area.lang = textarea.lang;
  editor.on("update", () => textarea.dispatchEvent(new Event("input", { bubbles: true })));

  // The toolbar comes after the editor; it shows what cannot be done now, and does not say it.
  const box = area.closest(".prose-editor");
  new MutationObserver(() => desk.all(".prose-menubar__button", box).forEach(button => {
    button.setAttribute("aria-disabled", button.classList.contains("disabled"));
  })).observe(box, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
});
