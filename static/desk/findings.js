"use strict";
// What the desk found in the trip as it is saved stands beside its field, and is counted on the tab.
(() => {
  const { one, all, make } = desk;

  function rowOf(finding) {
    if (!finding.row) return null;
    const keys = all(`input[name^="${CSS.escape(finding.relation)}-"][name$="-id"]`);
    return keys.find(key => key.value === String(finding.row))?.closest(".row");
  }

  function place(finding, count) {
    const panel = document.getElementById(finding.section), row = rowOf(finding);
    const control = row ? one(`[name$="-${CSS.escape(finding.field)}"]`, row) : one(`[name="${CSS.escape(finding.field)}"]`);
    const field = control?.closest(".field");
    if (row && finding.level !== "note") one(".row-head", row)?.classList.add("found");
    if (field && one(`[data-rule="${CSS.escape(finding.rule)}"]`, field)) return; // the form says it already
    const words = make("p", `finding ${finding.level}`, finding.sentence);
    words.id = `finding-${count}`;
    if (field && one(".prose-editor, [data-django-prose-editor]", field)) one("label", field).after(words); // else it stands below a long text
    else if (field) field.append(words);
    else one("h2", panel)?.after(words);
    control?.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") || ""} ${words.id}`.trim());
  }

  function onTab(section, found) {
    const grave = found.filter(finding => finding.level !== "note");
    const tab = one(`.bar .tabs a[href="#${CSS.escape(section)}"]`);
    if (!tab || !grave.length) return;
    const level = grave.some(finding => finding.level === "block") ? "block" : "warn";
    tab.append(" ", make("span", `mark ${level}`, String(grave.length)));
  }

  document.addEventListener("DOMContentLoaded", async () => {
    const address = location.pathname.match(/^(.*\/)change\/$/);
    if (!address || !one("body.desk-form .bar .tabs")) return;
    const answer = await fetch(`${address[1]}findings/`);
    if (!answer.ok) return;
    const { findings } = await answer.json();
    findings.forEach(place);
    for (const section of new Set(findings.map(finding => finding.section))) {
      onTab(section, findings.filter(finding => finding.section === section));
    }
  });
})();
