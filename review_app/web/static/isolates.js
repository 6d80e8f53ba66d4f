// Placeholders in a box that is written in from right to left: there </1> would be shown as <1/>, so each is isolated by
// two marks nobody sees. The server and all comparisons leave the marks out; caret, deleting and copying pass them over.
"use strict";

const isolates = (() => {
  const [OPEN, CLOSE] = ["\u2066", "\u2069"];
  const PLACEHOLDER = /<\/?[1-9]\d{0,3}>|<[1-9]\d{0,3}\/>/g;
  const SHOWN = new RegExp(`${OPEN}(${PLACEHOLDER.source})${CLOSE}`, "g");

  const bare = (value) => value.replace(SHOWN, "$1").replaceAll(OPEN + CLOSE, "");

  const shown = (text, value) => (text.dir === "rtl" ? bare(value).replace(PLACEHOLDER, `${OPEN}$&${CLOSE}`) : value);

  // Where in a box a place of its bare text is.
  const place = (text, at) => shown(text, bare(text.value).slice(0, at)).length;

  const boxOf = (event) => (event.target.matches?.("textarea[data-saved][dir=rtl]") ? event.target : null);
  const around = (text, inside) => [...text.value.matchAll(SHOWN)]
    .map((found) => [found.index, found.index + found[0].length]).find(([start, end]) => inside(start, end));

  // The caret stands before a placeholder or after it: it goes on to the side it was moving to.
  let last = 0;
  document.addEventListener("selectionchange", () => {
    const text = boxOf({ target: document.activeElement });
    if (!text) return;
    const at = text.selectionStart;
    const within = at === text.selectionEnd && around(text, (start, end) => start < at && at < end);
    const to = within ? within[at < last ? 0 : 1] : at;
    if (within) text.setSelectionRange(to, to);
    last = to;
  });

  // A placeholder is deleted whole.
  document.addEventListener("beforeinput", (event) => {
    const text = boxOf(event);
    const back = event.inputType === "deleteContentBackward";
    if (!text || (!back && event.inputType !== "deleteContentForward") || text.selectionStart !== text.selectionEnd) return;
    const found = around(text, (start, end) => (back ? end : start) === text.selectionStart);
    if (!found) return;
    event.preventDefault();
    text.setSelectionRange(...found);
    typing.type(text, "");
  });

  const takeAway = (event) => {
    const text = boxOf(event);
    if (!text || text.selectionStart === text.selectionEnd) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", bare(text.value.slice(text.selectionStart, text.selectionEnd)));
    if (event.type === "cut") typing.type(text, "");
  };
  document.addEventListener("copy", takeAway);
  document.addEventListener("cut", takeAway);

  document.addEventListener("paste", (event) => {
    const text = boxOf(event);
    const pasted = event.clipboardData.getData("text/plain");
    if (!text || !pasted) return;
    event.preventDefault();
    typing.type(text, shown(text, pasted));
  });

  return { bare, shown, place, PLACEHOLDER };
})();
