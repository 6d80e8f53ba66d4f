// Panels in the bench's card: looking a word up, cutting and joining. Each is a page of its own without this file.
"use strict";

(() => {
  if (!document.querySelector("[data-page]")) return;
  const isMac = /^Mac/.test(navigator.platform);
  const find = (selector, from = document) => from.querySelector(selector);
  const card = () => find("#segments > .card");

  // Where the focus was before a panel opened, and goes when it closes.
  let before = null;

  // The word around a place of a text.
  const wordAt = (text, at) => {
    const left = /[\p{L}\p{M}\p{N}'’-]*$/u.exec(text.slice(0, at))[0];
    const right = /^[\p{L}\p{M}\p{N}'’-]*/u.exec(text.slice(at))[0];
    return left + right;
  };

  // What is selected in the box or in the source, or the word where the caret is.
  const asked = (open) => {
    const box = find("textarea[data-saved]", open);
    const selection = getSelection();
    const source = find(".source", open);
    if (selection.rangeCount && source.contains(selection.anchorNode) && document.activeElement !== box) {
      const text = selection.toString().trim();
      return { word: text || wordAt(selection.anchorNode.textContent, selection.anchorOffset), of: "" };
    }
    if (document.activeElement !== box) return { word: "", of: "" };
    const text = isolates.bare(box.value.slice(box.selectionStart, box.selectionEnd)).trim();
    return { word: text || wordAt(box.value, box.selectionStart), of: "translation" };
  };

  const panelOf = (link) => find(link.getAttribute("hx-target"));

  const show = (link, query = "") => {
    before = document.activeElement === document.body ? link : document.activeElement;
    window.htmx.ajax("GET", link.getAttribute("href") + query, { target: link.getAttribute("hx-target"), swap: "innerHTML" });
  };

  const close = (panel) => {
    panel.replaceChildren();
    if (before?.isConnected) before.focus(); else find("textarea[data-saved]", card())?.focus();
    before = null;
  };

  const lookUp = (open) => {
    const link = find("[data-look-up]", open);
    if (!link) return;
    const { word, of } = asked(open);
    show(link, word ? `?word=${encodeURIComponent(word.slice(0, 60))}${of ? `&of=${of}` : ""}` : "");
  };

  const reveal = () => document.querySelectorAll("[data-close-look-up], .look-up [data-insert]").forEach((each) => { each.hidden = false; });
  document.addEventListener("htmx:after:swap", reveal);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-panel]");
    if (link) before = link;
    const button = event.target.closest("[data-close-look-up]");
    if (button) close(button.closest(".panel"));
  });

  const altOnly = (event) => (isMac
    ? event.altKey && event.ctrlKey && !event.metaKey
    : event.altKey && !event.ctrlKey && !event.metaKey && !event.getModifierState("AltGraph"));
  const isKey = (event, letter) => altOnly(event) && !event.shiftKey
    && (event.key.toLowerCase() === letter || (isMac && event.code === `Key${letter.toUpperCase()}`));

  // Before the bench hears it: Escape closes the panel first, and the sentence the next time.
  document.addEventListener("keydown", (event) => {
    const open = card();
    if (!open || event.isComposing || find("dialog[open]")) return;
    if (event.key === "Escape") {
      const panel = [...open.querySelectorAll(".panel")].find((each) => each.childElementCount);
      if (!panel) return;
      event.preventDefault();
      event.stopPropagation();
      close(panel);
    } else if (isKey(event, "w")) {
      event.preventDefault();
      lookUp(open);
    } else if (isKey(event, "x")) {
      const link = find("[data-cut]", open);
      if (!link) return;
      event.preventDefault();
      show(link);
    }
  }, true);
})();
