// Marking errors: words are chosen with keys, pointer or finger; what is chosen ticks the form's check boxes, and the
// form's own buttons mark it. Every action works without this file.
"use strict";

(() => {
  const find = (selector) => document.querySelector(selector);
  const form = () => find("#marking");
  if (!form()) return;
  const text = () => find("#text");
  const words = () => [...text().querySelectorAll("[data-word]")];
  const coarse = matchMedia("(pointer: coarse)").matches;

  // Where the keys are, and where the choice began; nothing is chosen until somebody chooses.
  let at = 0;
  let from = null;
  let waiting = null; // a mark that was asked for while another was on its way

  const show = () => {
    const all = words();
    at = Math.max(0, Math.min(at, all.length - 1));
    const [low, high] = from === null ? [1, 0] : [Math.min(from, at), Math.max(from, at)];
    all.forEach((word, place) => {
      const chosen = low <= place && place <= high;
      word.classList.toggle("chosen", chosen);
      word.classList.toggle("at", place === at);
      word.setAttribute("aria-selected", String(chosen));
    });
    form().querySelectorAll("[name=word]").forEach((box) => {
      box.checked = low <= Number(box.value) && Number(box.value) <= high;
    });
    text().setAttribute("aria-activedescendant", all[at]?.id ?? "");
  };

  const choose = (start, end) => { from = start; at = end; show(); };

  const move = (to, extend) => {
    from = extend ? from ?? at : null;
    at = to;
    if (!extend) from = Math.max(0, Math.min(at, words().length - 1)); // the word one stands on is chosen
    show();
    words()[at]?.scrollIntoView({ block: "nearest" });
  };

  // The score: a slider over the number that the form sends.
  const score = () => find("#f-score");
  const slider = () => find("#slider");
  const follow = () => {
    const unset = score().value === "";
    slider().value = unset ? 50 : score().value;
    slider().classList.toggle("unset", unset);
    slider().setAttribute("aria-valuetext", unset ? slider().dataset.unset : score().value);
  };

  const dress = () => {
    const box = text();
    box.classList.add("live");
    box.tabIndex = 0;
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-multiselectable", "true");
    box.setAttribute("aria-orientation", "horizontal");
    box.setAttribute("aria-label", box.dataset.label);
    words().forEach((word) => {
      word.setAttribute("role", "option");
      word.setAttribute("aria-label", word.dataset.say);
    });
    slider().hidden = false;
    document.querySelectorAll("[data-key], #keys").forEach((each) => { each.hidden = coarse; });
    follow();
    show();
  };

  const busy = () => form().getAttribute("aria-busy") === "true";
  const press = (button) => {
    if (!button) return;
    if (busy()) { waiting = { id: button.id, from, at }; return; }
    button.click();
  };

  const KEYS = {
    ArrowRight: (event, rtl) => move(at + (rtl ? -1 : 1), event.shiftKey),
    ArrowLeft: (event, rtl) => move(at + (rtl ? 1 : -1), event.shiftKey),
    ArrowDown: (event) => move(at + 1, event.shiftKey),
    ArrowUp: (event) => move(at - 1, event.shiftKey),
    Home: (event) => move(0, event.shiftKey),
    End: (event) => move(words().length - 1, event.shiftKey),
    Escape: () => { from = null; show(); },
    Enter: () => slider().focus(),
    Delete: () => removeHere(),
    Backspace: () => removeHere(),
  };

  const removeHere = () => press(find(`#remove-${words()[at]?.dataset.of}`));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form().contains(event.target)) {
      event.preventDefault();
      find("#finish").click();
      return;
    }
    if (event.target !== text() || event.ctrlKey || event.metaKey || event.altKey) return;
    const mark = event.shiftKey ? null : find(`[data-mark="${CSS.escape(event.key)}"]`);
    const act = KEYS[event.key];
    if (!mark && !act) return;
    event.preventDefault();
    if (mark && !form().querySelector("[name=word]:checked")) choose(at, at); // the word one stands on
    if (mark) press(mark); else act(event, text().dir === "rtl");
  });

  // Pointer: a click chooses a word, with Shift up to it; dragging chooses what the browser's selection touches.
  const touched = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return [];
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(text())) return [];
    return words().filter((word) => range.intersectsNode(word) && selection.containsNode(word, true));
  };
  const take = (found) => {
    const places = found.map((word) => Number(word.dataset.word));
    choose(Math.min(...places), Math.max(...places));
  };
  document.addEventListener("click", (event) => {
    const word = event.target.closest?.("#text [data-word]");
    if (!word) return;
    const found = touched();
    const place = Number(word.dataset.word);
    if (found.length) take(found);
    else if (event.shiftKey && from !== null) choose(from, place);
    else choose(place, place);
    getSelection().removeAllRanges();
    text().focus({ preventScroll: true });
  });
  document.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "mouse") return;
    const found = touched();
    if (!found.length) return;
    take(found);
    if (!event.target.closest?.("#text [data-word]")) { // no click on a word will follow
      getSelection().removeAllRanges();
      text().focus({ preventScroll: true });
    }
  });
  // By finger, the browser's handles are drawn until they are let go; the choice follows them.
  document.addEventListener("selectionchange", () => {
    if (!coarse) return;
    const found = touched();
    if (found.length) take(found);
  });

  document.addEventListener("input", (event) => {
    if (event.target === slider()) { score().value = slider().value; follow(); }
    if (event.target === score()) follow();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("#boxes [name=word]")) { // ticked by hand: the text follows
      from = null;
      form().querySelectorAll("[name=word]").forEach((box) => {
        const word = find(`#w-${box.value}`);
        word.classList.toggle("chosen", box.checked);
        word.setAttribute("aria-selected", String(box.checked));
      });
    }
    if (event.target === slider()) {
      score().value = slider().value;
      score().dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  // A slider that nobody has moved says nothing; pressing a key on it, or clicking where it stands, does.
  document.addEventListener("pointerup", (event) => {
    if (event.target === slider() && score().value === "") slider().dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("htmx:before:request", (event) => {
    if (event.detail.ctx?.sourceElement?.closest?.("#marking")) form().setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:after:request", () => form().removeAttribute("aria-busy"));
  document.addEventListener("htmx:after:swap", (event) => {
    const source = event.detail.ctx?.sourceElement;
    if (source?.matches?.("[data-mark], [name=remove]")) from = null;
    dress();
    if (document.activeElement === document.body) text().focus({ preventScroll: true });
    if (!waiting) return;
    const { id, ...chosen } = waiting;
    waiting = null;
    choose(chosen.from, chosen.at);
    find(`#${CSS.escape(id)}`)?.click();
  });

  dress();
  if (!coarse && !find("[role=alert]")) text().focus({ preventScroll: true });
})();
