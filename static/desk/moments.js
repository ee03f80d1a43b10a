"use strict";
// Moments in the reader's own time zone, beside those the page tells; and a time that is typed, in every zone at once.
(() => {
  const { one, all, make } = desk;
  const yours = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const MINUTE = 60_000, DAY = 86_400_000;

  // What clocks in the zone show at that moment, as the milliseconds of the same reading in UTC.
  function reading(moment, zone) {
    const parts = Object.fromEntries(
      Intl.DateTimeFormat("en-GB", {
        timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
      }).formatToParts(moment).map(part => [part.type, Number(part.value)]),
    );
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
  }

  // The moments at which clocks in the zone show this reading: one; none where they skip it; two where it comes twice.
  function momentsOf(shown, zone) {
    const found = [-DAY, DAY].map(away => shown - (reading(shown + away, zone) - (shown + away)));
    return [...new Set(found)].filter(moment => reading(moment, zone) === shown);
  }

  const english = document.documentElement.lang === "en", joint = english ? ", " : " ";
  const onDay = shown => new Date(shown).toLocaleDateString(english ? "en-GB" : "zh-CN", {
    timeZone: "UTC", dateStyle: "long",
  });
  const atTime = shown => new Date(shown).toISOString().slice(11, 16);

  function told(moment, zone, beside) {
    const shown = reading(moment, zone);
    const sameDay = beside && onDay(shown) === onDay(reading(moment, beside));
    return `${sameDay ? "" : onDay(shown) + joint}${atTime(shown)}`;
  }

  function addYours(place) {
    const zones = place.dataset.zones.split(" ");
    if (zones.includes(yours)) return;
    const moment = Math.floor(Date.parse(one("time", place).dateTime) / MINUTE) * MINUTE;
    one("small", place).append(" · ", make("span", "", `${told(moment, yours, zones[0])} ${yours} (${place.dataset.yours})`));
  }

  function tellTyped(place, input) {
    const typed = Date.parse(`${input.value}Z`), { from, zones, skipped, twice, yours: mark } = place.dataset;
    const zone = from ? document.getElementById(from).value : place.dataset.zone;
    place.textContent = "";
    place.classList.remove("wrong");
    if (Number.isNaN(typed)) return;
    const found = momentsOf(typed, zone);
    if (found.length !== 1) {
      place.classList.toggle("wrong", Boolean(twice));
      place.textContent = (found.length ? twice : skipped)?.replace("{time}", atTime(typed)).replace("{zone}", zone) ?? "";
      return;
    }
    const [first, ...others] = [...new Set([...(mark ? [zone] : []), ...zones.split(" "), ...(mark ? [yours] : [])])];
    const mine = other => (other === yours && !zones.split(" ").includes(yours) ? ` (${mark})` : "");
    place.append(
      make("b", "", `${told(found[0], first)} ${first}`),
      ...others.flatMap(other => [" · ", make("span", "", `${told(found[0], other, first)} ${other}${mine(other)}`)]),
    );
  }

  document.addEventListener("DOMContentLoaded", () => {
    all(".moment").forEach(addYours);
    for (const place of all("output.typed")) {
      const input = document.getElementById(place.htmlFor.value);
      input.addEventListener("input", () => tellTyped(place, input));
      document.getElementById(place.dataset.from)?.addEventListener("change", () => tellTyped(place, input));
      tellTyped(place, input);
    }
  });
})();
