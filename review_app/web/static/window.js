// A long page comes in pieces: what is not here yet is fetched when it is scrolled to, looked for, or gone to.
"use strict";

const pieces = (() => {
  const list = () => document.querySelectorAll("#segments > .waiting");
  const NEAR = "800px 0px"; // this far out of sight it is fetched already

  // Placeholders are as high as what they stand for is likely to be, so that the scroll bar is honest.
  const measure = () => {
    const rows = [...document.querySelectorAll("#segments > .row")].slice(0, 50);
    if (rows.length) {
      const each = rows.reduce((sum, row) => sum + row.offsetHeight, 0) / rows.length;
      list().forEach((piece) => { piece.style.blockSize = `${Math.round(each * piece.dataset.size)}px`; });
    }
  };

  const read = async (address) => {
    const answer = await fetch(address, { headers: { "HX-Request": "true", "X-Sign-In": "here" } });
    if (!answer.ok) return null;
    const found = document.createElement("template");
    found.innerHTML = await answer.text();
    return [...found.content.children];
  };

  // What stands below the piece in view stays where it is, and so does the focus.
  const put = (piece, found) => {
    const scroller = document.scrollingElement;
    const next = piece.nextElementSibling;
    const below = next?.getBoundingClientRect().top;
    const keeps = next && below < innerHeight && document.activeElement !== piece.firstElementChild;
    const focused = piece.contains(document.activeElement);
    scroller.style.overflowAnchor = "none";
    piece.replaceWith(...found);
    if (keeps) scroller.scrollTop += next.getBoundingClientRect().top - below;
    if (focused) found[0]?.querySelector(".open, a")?.focus({ preventScroll: true });
    found.forEach((each) => htmx.process(each));
    measure();
    requestAnimationFrame(() => { scroller.style.overflowAnchor = ""; });
    document.dispatchEvent(new Event("pieces:arrived"));
  };

  const coming = new WeakMap();
  const fetchPiece = async (piece) => {
    const found = await read(piece.dataset.from).catch(() => null);
    if (found?.length && piece.isConnected) put(piece, found);
    else coming.delete(piece); // the next time it comes into view it is asked for again
  };
  const bring = (piece) => {
    if (!coming.has(piece)) coming.set(piece, fetchPiece(piece));
    return coming.get(piece);
  };

  const seen = (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => bring(entry.target));
  const watcher = new IntersectionObserver(seen, { rootMargin: NEAR });
  const watch = () => list().forEach((piece) => watcher.observe(piece));

  const has = (piece, number) => piece.dataset.numbers.split(",").some((run) => {
    const [low, high = low] = run.split("-").map(Number);
    return low <= number && number <= high;
  });

  // The row of a sentence, fetched with its piece if it is not here; none if the list does not have it.
  const row = async (key, number) => {
    const find = () => document.querySelector(`#segments > [data-key="${CSS.escape(key)}"]`);
    const piece = find() ? null : [...list()].find((each) => has(each, number));
    if (piece) await bring(piece);
    return find();
  };

  // A page that is not very long is fetched whole in the end: then the browser's own search finds everything in it.
  const FEW = 8;
  const fill = async () => {
    const left = [...list()];
    if (left.length > FEW) return;
    for (const piece of left) await bring(piece); // one after the other
  };

  document.addEventListener("htmx:after:swap", () => { if (list().length) { measure(); watch(); } });
  addEventListener("resize", measure);
  measure();
  watch();
  if (list().length) addEventListener("load", () => setTimeout(fill, 1500));
  return { row };
})();
