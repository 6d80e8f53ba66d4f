/*
 * On public pages. A language that is chosen is kept in the browser, and nowhere else: who next comes to a Swedish page
 * from outside is shown it in that language.
 *
 * A click on a passage shows its Swedish, how it came about, and where to say that it is wrong. What it shows comes
 * from the page that lists all passages, which the notice links to, and which needs no script.
 */
(() => {
  "use strict";

  const REMEMBERED = "review-app-language";
  const html = document.documentElement;

  function rememberLanguage(picker) {
    picker.addEventListener("click", event => {
      const chosen = event.target.closest("a[hreflang]");
      if (chosen) localStorage.setItem(REMEMBERED, chosen.hreflang);
    });
    const fromHere = document.referrer.startsWith(`${location.origin}/`);
    if (fromHere || html.lang !== picker.dataset.source) return;
    const remembered = localStorage.getItem(REMEMBERED);
    const link = [...picker.querySelectorAll("a[hreflang]")].find(one => one.hreflang === remembered);
    if (link && remembered !== html.lang) location.replace(link.href);
  }

  try {
    rememberLanguage(document.querySelector(".picker"));
  } catch { /* storage is closed to us: nothing is remembered */ }
})();

(() => {
  "use strict";

  const html = document.documentElement;
  const link = document.querySelector("a[data-passages]");
  const main = document.querySelector("main");
  if (!link || !main.querySelector("[data-passage]") || !("popover" in HTMLElement.prototype)) return;

  html.classList.add("with-passages");
  const about = document.createElement("div");
  about.className = "about";
  about.popover = "auto";
  about.setAttribute("role", "note");
  main.append(about);

  let passages = null;
  const load = () => passages ??= fetch(link.href)
    .then(answer => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
    .then(text => new DOMParser().parseFromString(text, "text/html"));

  async function show(passage) {
    let found = null;
    try {
      const all = (await load()).querySelector("[data-edition]");
      const same = all.dataset.edition === link.dataset.edition; // it may have been published anew since
      found = same ? all.querySelector(`[data-place="${passage.dataset.passage}"]`) : null;
    } catch {
      passages = null; // asked again at the next click
    }
    if (!found) {
      location.assign(link.href);
      return;
    }
    const copy = document.importNode(found, true);
    copy.querySelector(".translated")?.remove();
    about.replaceChildren(...copy.children);
    about.showPopover();
    const place = passage.getBoundingClientRect();
    const widest = document.documentElement.clientWidth - about.offsetWidth - 8;
    about.style.insetInlineStart = "auto";
    const start = html.dir === "rtl" ? place.right - about.offsetWidth : place.left;
    about.style.left = `${Math.max(8, Math.min(start, widest)) + scrollX}px`;
    about.style.top = `${place.bottom + scrollY + 6}px`;
  }

  main.addEventListener("click", event => {
    const passage = event.target.closest("[data-passage]");
    if (!passage || event.target.closest("a, button, input, label, summary") || !getSelection().isCollapsed) return;
    show(passage);
  });
})();
