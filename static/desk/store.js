"use strict";
// What is typed and not saved, kept in this browser: until it is saved, its writer signs out, or two weeks are over.
window.desk.store = (() => {
  const { one } = desk;
  const OURS = "kept:", LASTS = 14 * 24 * 3600 * 1000, MOST = 20, LARGEST = 200_000;

  // A browser may refuse to keep anything, or have no room left: the form works all the same.
  function attempt(act, otherwise) {
    try { return act(); } catch { return otherwise; }
  }

  const keyOf = (user, token) => `${OURS}${user}:${token}`;

  // The records of one person, or of all, the newest first.
  function records(user) {
    const begin = user ? keyOf(user, "") : OURS;
    const keys = attempt(() => Object.keys(localStorage), []).filter(key => key.startsWith(begin));
    const read = key => ({ at: 0, entries: [], ...attempt(() => JSON.parse(localStorage.getItem(key)), {}), key });
    return keys.map(read).sort((a, b) => b.at - a.at);
  }

  function put(user, record) {
    const text = JSON.stringify(record);
    if (text.length <= LARGEST) attempt(() => localStorage.setItem(keyOf(user, record.token), text));
  }

  const drop = (user, token) => attempt(() => localStorage.removeItem(keyOf(user, token)));
  const dropAll = found => found.forEach(({ key }) => attempt(() => localStorage.removeItem(key)));

  dropAll(records().filter(({ at }) => at < Date.now() - LASTS));

  document.addEventListener("DOMContentLoaded", () => {
    const saved = one("meta[name=saved-typing]")?.content.split(" ") || [];
    dropAll(records().filter(({ token }) => saved.includes(token)));
    const out = one("form[data-forgets]");
    if (!out) return;
    const user = out.dataset.forgets;
    dropAll(records(user).slice(MOST));
    out.addEventListener("submit", () => {
      dropAll(records(user));
      document.dispatchEvent(new Event("desk:forgotten"));
    });
  });

  return { records, put, drop };
})();
