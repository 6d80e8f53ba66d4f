// Drafts: what is typed and not saved. They are kept in this browser, for the person who typed them and for nobody else,
// and stay through a reload, a crash and the end of a sign-in, until they are saved or thrown away.
"use strict";

const drafts = (() => {
  const person = document.body.dataset.person;
  const KEPT = 60 * 24 * 3600 * 1000; // milliseconds: what nobody came back for in two months
  const mine = `draft:${person}:`;

  const store = (work) => {
    try { return work(localStorage); } catch { return null; } // full or forbidden: go on typing
  };
  const names = () => store((local) => Object.keys(local).filter((name) => name.startsWith("draft:"))) ?? [];
  const read = (name) => store((local) => JSON.parse(local.getItem(name)));

  names().filter((name) => !(read(name)?.at > Date.now() - KEPT)).forEach((name) => store((local) => local.removeItem(name)));

  return {
    // `place` is a sentence of a page in a language; a draft names the revision it was based on, so that saving it
    // later still meets what somebody else has saved meanwhile.
    get: (place) => read(mine + place),
    set: (place, draft) => store((local) => local.setItem(mine + place, JSON.stringify({ ...draft, at: Date.now() }))),
    drop: (place) => store((local) => local.removeItem(mine + place)),
    all: () => names().filter((name) => name.startsWith(mine)),
    dropAll() { this.all().forEach((name) => store((local) => local.removeItem(name))); },
  };
})();

// Whoever signs out with drafts is asked what is to become of them.
document.addEventListener("submit", (event) => {
  const dialog = document.getElementById("leaving");
  if (!event.target.matches("#sign-out") || !dialog || dialog.returnValue || !drafts.all().length) return;
  event.preventDefault();
  dialog.querySelector("[data-count]").textContent = drafts.all().length;
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "drop") drafts.dropAll();
    if (["keep", "drop"].includes(dialog.returnValue)) event.target.requestSubmit();
    dialog.returnValue = "";
  }, { once: true });
  dialog.showModal();
});
