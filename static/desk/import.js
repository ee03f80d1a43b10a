// How far an import is, while its page is open; the page itself when the work has ended.
const said = document.querySelector("[data-working]");

async function look() {
  const page = await fetch(location.href).then((answer) => answer.text());
  const now = new DOMParser().parseFromString(page, "text/html").querySelector("[data-working]");
  if (!now) return location.reload();
  if (said.textContent !== now.textContent) said.textContent = now.textContent;
  setTimeout(look, 2000);
}

setTimeout(look, 1500);
