// Where the site measures editing time: the seconds in which somebody was active on the sentence that is open, sent with
// its save. A pause is not counted, nor is a page that is not in view.
"use strict";

(() => {
  const section = document.querySelector("[data-pause]");
  if (!section) return;
  const pause = Number(section.dataset.pause) * 1000;
  let at = null; // which text is open
  let last = 0;
  let active = 0; // milliseconds

  const note = (event) => {
    const now = Date.now();
    const open = document.querySelector("#segments > .card");
    const text = open?.querySelector("textarea[data-saved]");
    const which = text ? `${open.dataset.key} ${text.dataset.revision}` : null;
    const refused = open?.querySelector(".conflict") && which?.split(" ")[0] === at?.split(" ")[0];
    const back = event?.type === "visibilitychange" && !document.hidden;
    if (which !== at && !refused) active = 0;
    else if (now - last <= pause && !back) active += now - last;
    [at, last] = [which, now];
    if (text) text.form.elements.seconds.value = Math.round(active / 1000);
  };

  for (const sign of ["keydown", "input", "pointerdown", "pointermove", "wheel", "scroll", "visibilitychange"]) {
    document.addEventListener(sign, note, { capture: true, passive: true });
  }
  document.addEventListener("htmx:after:swap", note);
  note();
})();
