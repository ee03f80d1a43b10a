"use strict";
// Rows: a line that opens to its form; order by buttons; the line follows what is typed.
window.desk.rows = (() => {
  const { one, all, say } = desk;
  const FIELD = /-\d+-(\w+)$/;
  const OWN_LANGUAGE = document.documentElement.lang.startsWith("zh") ? /_zh_hans$/ : /_en$/;

  const rowsOf = group => all(".row:not(.empty-form)", group);

  function open(row, yes) {
    row.classList.toggle("open", yes);
    one(".row-open", row).setAttribute("aria-expanded", yes);
  }

  // A choice names both languages; the line of a row has room for the first.
  const wordsOf = control => control.tagName === "SELECT"
    ? [...control.selectedOptions].map(option => option.text.split(" · ")[0]).join(", ")
    : control.value;

  function echo(row, control) {
    const field = control.name?.match(FIELD)?.[1].replace(OWN_LANGUAGE, "");
    const part = field && one(`[data-f="${field}"]`, row);
    if (!desk.touched || !part || control.type === "checkbox" || control.type === "file") return;
    part.textContent = wordsOf(control);
    one(".new", row)?.remove();
  }

  function markDays(group) {
    let last;
    for (const row of rowsOf(group)) {
      const day = one("[data-f=date]", row)?.textContent;
      row.classList.toggle("same", Boolean(day) && day === last);
      last = day;
    }
  }

  function number(group) {
    const rows = rowsOf(group);
    rows.forEach((row, place) => {
      const position = one("input[name$='-position']", row);
      if (position) position.value = place + 1;
      const [up, down] = all("[data-move]", row);
      if (up) [up.disabled, down.disabled] = [place === 0, place === rows.length - 1];
    });
    markDays(group);
  }

  function move(row, button) {
    const group = row.closest(".inline-group"), rows = rowsOf(group);
    const place = rows.indexOf(row) + Number(button.dataset.move);
    if (!rows[place]) return;
    if (Number(button.dataset.move) < 0) rows[place].before(row);
    else rows[place].after(row);
    number(group);
    row.dispatchEvent(new Event("input", { bubbles: true }));
    (button.disabled ? one("[data-move]:not(:disabled)", row) : button).focus();
    say(`${place + 1} / ${rows.length}`);
  }

  function wire(row) {
    const line = one(".row-open", row);
    line.setAttribute("aria-controls", one(".row-body", row).id);
    line.addEventListener("click", () => open(row, !row.classList.contains("open")));
    row.addEventListener("input", event => { echo(row, event.target); markDays(row.parentElement); });
    window.django?.jQuery?.("select", row).on("change", event => echo(row, event.target));
    for (const button of all("[data-move]", row)) button.addEventListener("click", () => move(row, button));
    if (one(".errorlist", row)) open(row, true);
  }

  function startWithDayBefore(row, before) {
    const day = one("input[name$='-date']", row), earlier = before && one("input[name$='-date']", before);
    if (!day || !earlier) return;
    day.value = earlier.value;
    one("[data-f=date]", row).textContent = one("[data-f=date]", before).textContent;
  }

  function added(event) {
    const row = event.target;
    if (!row.classList.contains("row")) return;
    const group = row.closest(".inline-group");
    wire(row);
    if (group.classList.contains("rows-visits")) startWithDayBefore(row, rowsOf(group).at(-2));
    number(group);
    open(row, true);
    one("input:not([type=hidden]), select, textarea", one(".row-body", row))?.focus();
  }

  function start() {
    for (const group of all(".rows")) {
      rowsOf(group).forEach(wire);
      number(group);
    }
    document.addEventListener("formset:added", added);
    document.addEventListener("formset:removed", () => all(".rows").forEach(number));
  }

  return { open, start };
})();
