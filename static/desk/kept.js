"use strict";
// What a person typed and has not saved is offered when they come back to the form. Nothing is put back unasked.
(() => {
  const { one, all, make, labelOf, store } = desk;
  const WAIT = 500;
  const ROW = /^(.+)-(\d+)-(\w+)$/;
  const UNKEPT = ":disabled, [data-unkept], [name$='-position'], .empty-form *"
    + ", [type=hidden], [type=file], [type=password], [type=submit], [type=button], [type=reset]";

  // The controls that are kept, by name: a group of boxes has one name.
  function fieldsOf(form) {
    const named = new Map();
    for (const control of form.elements) {
      if (!control.name || !control.matches("input, select, textarea") || control.matches(UNKEPT)) continue;
      named.set(control.name, [...(named.get(control.name) || []), control]);
    }
    return named;
  }

  // A choice is kept with its words. What it came with is remembered: select2 marks what it adds as there from the start.
  const withWords = options => options.map(option => [option.value, option.text]);
  const cameWith = new WeakMap();

  function remember(root) {
    for (const select of all("select", root)) {
      const options = [...select.options], picked = options.filter(option => option.defaultSelected);
      cameWith.set(select, withWords(picked.length || select.multiple ? picked : options.slice(0, 1)));
    }
  }

  // What stands in the controls of one name; `was`: what the page came with.
  function valueOf([first, ...others], was) {
    if (first.tagName === "SELECT") return was ? cameWith.get(first) : withWords([...first.selectedOptions]);
    if (["checkbox", "radio"].includes(first.type)) {
      return [first, ...others].filter(box => was ? box.defaultChecked : box.checked).map(box => box.value);
    }
    return was ? first.defaultValue : first.value;
  }

  const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // A mark of a value, to notice later that the stored one is another by now.
  const markOf = value => [...JSON.stringify(value)].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) | 0, 7);

  // Rows are known by their key, since their numbers change; a new row only by its number.
  function placeOf(form, name) {
    const [, prefix, number, field] = name.match(ROW) || [];
    if (!form.elements[`${prefix}-INITIAL_FORMS`]) return { field: name };
    return { prefix, field, row: form.elements[`${prefix}-${number}-id`]?.value || `new ${number}` };
  }

  function typed(form, before) {
    const found = [];
    for (const [name, controls] of fieldsOf(form)) {
      const old = before.get(name), was = valueOf(controls, true), value = valueOf(controls);
      if (!old && isSame(was, value)) continue;
      const section = one("h2", controls[0].closest(".panel") || make("p"))?.textContent || "";
      const label = controls[0].closest("fieldset.choices")?.querySelector("legend").textContent || labelOf(controls[0]);
      found.push({ ...placeOf(form, name), name, section, label, value, over: old ? old.over : markOf(was) });
    }
    return found;
  }

  // Putting back

  const count = (form, prefix, which) => Number(form.elements[`${prefix}-${which}_FORMS`].value);

  function numberOfRow(form, { prefix, row }) {
    const keys = all("input[name$='-id']", form).map(key => [key.name.match(ROW), key.value]);
    return keys.find(([name, key]) => name?.[1] === prefix && key === row)?.[0][2];
  }

  // The number of a row that nobody has written in, added where there is none; nothing where none can be added.
  function freeRow(form, prefix, taken) {
    const fields = [...fieldsOf(form)], initial = count(form, prefix, "INITIAL"), total = count(form, prefix, "TOTAL");
    for (let number = initial; number < total; number++) {
      const own = fields.filter(([name]) => name.startsWith(`${prefix}-${number}-`));
      if (!taken.includes(number) && own.every(([, controls]) => isSame(valueOf(controls, true), valueOf(controls)))) return number;
    }
    if (count(form, prefix, "MAX_NUM") === 1) return 0; // a report has one place, whoever began it
    one(`#${CSS.escape(prefix)}-group .add-row a`)?.click();
    return count(form, prefix, "TOTAL") > total ? total : undefined;
  }

  function nameNow(form, entry, made) {
    if (!entry.prefix) return entry.field;
    const number = numberOfRow(form, entry), key = `${entry.prefix} ${entry.row}`;
    if (number === undefined && made && !made.has(key)) {
      const taken = [...made].filter(([other]) => other.startsWith(`${entry.prefix} `)).map(([, used]) => used);
      made.set(key, freeRow(form, entry.prefix, taken));
    }
    return `${entry.prefix}-${number ?? made?.get(key)}-${entry.field}`;
  }

  function choose(select, value) {
    const known = [...select.options].map(option => option.value);
    for (const [key, text] of value) if (!known.includes(key)) select.add(new Option(text, key));
    for (const option of select.options) option.selected = value.some(([key]) => key === option.value);
  }

  function write(controls, value) {
    const [first] = controls, editor = desk.editors.get(first);
    if (editor) return editor.commands.setContent(value, { emitUpdate: true });
    if (first.tagName === "SELECT") choose(first, value);
    else if (Array.isArray(value)) for (const box of controls) box.checked = value.includes(box.value);
    else first.value = value;
    for (const event of ["input", "change"]) first.dispatchEvent(new Event(event, { bubbles: true }));
  }

  function inWords(control, value) {
    if (Array.isArray(value)) return value.map(one => Array.isArray(one) ? one[1] : one).join(", ");
    return desk.editors.has(control) ? new DOMParser().parseFromString(value, "text/html").body.textContent : value;
  }

  function putBack(form, box, record) {
    const made = new Map();
    return record.entries.filter(entry => {
      const name = nameNow(form, entry, made), controls = fieldsOf(form).get(name);
      if (!controls) return true;
      const stored = valueOf(controls, true);
      write(controls, entry.value);
      if (!made.has(`${entry.prefix} ${entry.row}`) && markOf(stored) !== entry.over) {
        const words = box.dataset.stored.replace("{}", () => inWords(controls[0], stored) || "—");
        controls[0].closest(".field")?.append(make("p", "finding warn", words));
      }
      return false;
    });
  }

  // The offer

  function listed(form, box, entries) {
    return [...new Set(entries.map(entry => entry.section))].map(section => {
      const item = make("li"), names = entries.filter(entry => entry.section === section).map(entry => {
        const controls = fieldsOf(form).get(nameNow(form, entry));
        const since = controls && markOf(valueOf(controls, true)) !== entry.over;
        return since ? `${entry.label} (${box.dataset.since})` : entry.label;
      });
      if (section) item.append(make("b", "", section), " ");
      item.append([...new Set(names)].join(" · "));
      return item;
    });
  }

  function isStored(form, entry) {
    const controls = fieldsOf(form).get(nameNow(form, entry));
    return Boolean(controls) && isSame(valueOf(controls, true), entry.value);
  }

  function offer(form, box, record) {
    const language = document.documentElement.lang;
    const time = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short" });
    const said = make("p"), list = make("ul");
    said.append(make("b", "", box.dataset.offer.replace("{}", () => time.format(record.at))));
    list.append(...listed(form, box, record.entries));
    box.prepend(said, list);
    box.hidden = false;
  }

  function answered(box, answer) {
    box.replaceChildren(make("p", "", box.dataset[answer]));
    box.focus();
  }

  function waiting(form, user, token) {
    const here = store.records(user).filter(record => record.address === location.pathname && record.token !== token);
    const [stored, open] = [true, false].map(yes => here.filter(record => record.entries.every(entry => isStored(form, entry)) === yes));
    stored.forEach(record => store.drop(user, record.token));
    return open[0];
  }

  function start(form, box) {
    const { user } = box.dataset, token = box.dataset.token || `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    // A page with errors was sent what is kept: its fields count as typed, although the page came with them.
    const sent = store.records(user).find(record => record.token === token);
    const before = new Map((sent?.entries || []).map(entry => [entry.name, entry]));
    let timer = 0;

    const stop = () => { clearTimeout(timer); timer = 0; };
    const keep = () => {
      stop();
      const entries = typed(form, before);
      if (entries.length) store.put(user, { token, address: location.pathname, at: Date.now(), entries });
      else store.drop(user, token);
    };
    const later = () => {
      stop();
      if (desk.touched) timer = setTimeout(keep, WAIT);
    };
    const now = () => { if (timer) keep(); };

    remember(form);
    document.addEventListener("formset:added", event => remember(event.target));
    for (const event of ["input", "change"]) form.addEventListener(event, later);
    window.django?.jQuery?.(form).on("change", "select", later);
    for (const event of ["formset:added", "formset:removed"]) document.addEventListener(event, later);
    document.addEventListener("desk:forgotten", stop);
    document.addEventListener("visibilitychange", now);
    addEventListener("pagehide", now);
    form.addEventListener("submit", now);
    form.append(Object.assign(make("input"), { type: "hidden", name: "typed", value: token }));

    const record = waiting(form, user, token);
    if (!record) return;
    offer(form, box, record);
    box.addEventListener("click", event => {
      const { answer } = event.target.dataset;
      if (!answer) return;
      desk.touched = true;
      const left = answer === "back" ? putBack(form, box, record) : [];
      if (left.length) store.put(user, { ...record, entries: left });
      else store.drop(user, record.token);
      now();
      answered(box, answer);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const box = one("#kept"), form = box?.closest("form");
    if (form) start(form, box);
  });
})();
