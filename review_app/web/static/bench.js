// The bench: keys, focus, and drafts (drafts.js). Every action is a form that works without this file.
"use strict";

(() => {
  const section = document.querySelector("[data-page]");
  if (!section) return;
  const root = document.documentElement;
  const isMac = /^Mac/.test(navigator.platform);
  const isLinux = /^Linux/.test(navigator.platform);
  const coarse = matchMedia("(pointer: coarse)").matches;
  root.classList.add("scripted");

  const { type, put, insert } = typing;
  const find = (selector, from = document) => from.querySelector(selector);
  const card = () => find("#segments > .card");
  const box = (of = card()) => of && find("textarea[data-saved]", of);

  const place = (key) => `${section.dataset.page}:${key}`;

  const typed = (text) => isolates.bare(text.value);
  const dirty = (text) => typed(text).trim() !== text.dataset.saved.trim();

  // A machine's text is accepted as it stands: not while something else stands in the box.
  const guardAccept = (text) => {
    const accept = find("[data-accept]", text.form);
    if (accept) accept.disabled = dirty(text);
  };

  const keep = (text) => {
    const open = text.closest(".card");
    guardAccept(text);
    if (!dirty(text)) { drafts.drop(place(open.dataset.key)); return; }
    // While two texts wait for a choice, a reload has to bring the question back.
    const asked = find(".conflict", open) && drafts.get(place(open.dataset.key));
    drafts.set(place(open.dataset.key), { text: typed(text), basedOn: asked ? asked.basedOn : text.form.elements.based_on.value });
  };

  const restore = (open) => {
    const text = box(open);
    const draft = text && drafts.get(place(open.dataset.key));
    if (!draft || draft.text.trim() === typed(text).trim() || find(".conflict", open)) return;
    text.value = isolates.shown(text, draft.text);
    text.form.elements.based_on.value = draft.basedOn;
    find("#draft", open).hidden = false;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const forget = (open) => {
    const text = box(open);
    put(text, text.dataset.saved); // the browser's own undo brings the draft back
    text.form.elements.based_on.value = text.dataset.revision;
    find("#draft", open).hidden = true;
  };

  // Rows with a draft say so.
  const markDrafts = () => document.querySelectorAll("#segments > .row").forEach((row) => {
    row.classList.toggle("drafted", drafts.get(place(row.dataset.key)) !== null);
  });

  const visible = (element) => {
    const at = element.getBoundingClientRect();
    return at.top >= 0 && at.bottom <= innerHeight;
  };

  const focusBox = (open) => {
    const text = box(open);
    if (!text || coarse) return;
    text.focus({ preventScroll: true });
    if (dirty(text)) return;
    const caret = isolates.place(text, Number(text.dataset.caret));
    text.setSelectionRange(caret, caret);
  };

  const show = (open) => {
    if (!visible(open)) open.scrollIntoView({ block: open.offsetHeight > innerHeight * 0.8 ? "start" : "center" });
  };

  // What is open now, to see what a swap did. Narrowing the list never takes the focus.
  let current = card()?.dataset.key ?? null;
  let seen = card();

  // A box that was typed in does not show by itself what the server has stored meanwhile: an earlier text brought back.
  let revision = box()?.dataset.revision;
  const follow = (open) => {
    const text = open && box(open);
    if (text && open === seen && text.dataset.revision !== revision && !drafts.get(place(open.dataset.key))) {
      text.value = text.defaultValue;
    }
    revision = text?.dataset.revision;
  };

  const sayKeys = () => {
    if (isMac) document.querySelectorAll("[data-alt]").forEach((each) => { each.textContent = "Ctrl ⌥"; });
    if (isMac || isLinux) {
      document.querySelectorAll("[data-digit]").forEach((each) => { each.textContent = isMac ? "Ctrl ⌥" : "Ctrl Alt"; });
    }
  };

  // What only works with scripts is hidden from whoever has none; a placeholder is shown to them, but is no button.
  const unhide = () => {
    document.querySelectorAll("[data-use], [data-insert], #keys").forEach((each) => { each.hidden = false; });
    document.querySelectorAll("[data-placeholder]").forEach((each) => { each.disabled = false; });
    sayKeys();
  };

  // The next sentence may stand in a piece of the list that is not here yet: then no card has opened.
  const goOn = (event) => {
    const { key, number } = { key: find("#head").dataset.open, number: find("#head").dataset.number };
    if (!card() && key && /\/(save|accept|take-back|history\/\d+)$/.test(event?.detail.ctx?.request?.action ?? "")) {
      openSentence(key, Number(number));
    }
  };

  const settle = (event) => {
    const open = card();
    const key = open?.dataset.key ?? null;
    const narrowing = event?.detail.ctx?.sourceElement?.matches?.("form.filter");
    unhide();
    if (event?.detail.ctx?.sourceElement?.closest?.(".help")) return;
    follow(open);
    if (open && (open !== seen || key !== current)) restore(open);
    if (box()) guardAccept(box());
    markDrafts();
    const before = current;
    const moved = key !== current;
    [current, seen] = [key, open];
    if (moved) pane.show(key);
    if (narrowing) return;
    if (open && (moved || document.activeElement === document.body)) {
      focusBox(open);
      show(open);
    } else if (moved && before) {
      find(`#segments > [data-key="${CSS.escape(before)}"] .open`)?.focus();
    }
    goOn(event);
  };

  const begin = () => {
    if (!card()) return;
    pane.show(current);
    if (document.activeElement === document.body) focusBox(card());
    show(card());
  };
  if (card()) restore(card());
  settle();
  // Not before the browser has gone to the address's fragment: that takes the focus away.
  if (document.readyState === "complete") begin(); else addEventListener("load", () => setTimeout(begin));

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-saved]")) keep(event.target);
  });

  // A save that went well takes its draft with it, unless more was typed while it was on its way. Its card may be
  // closed by then: the address says which sentence it was of.
  document.addEventListener("htmx:after:request", (event) => {
    const { request, response } = event.detail.ctx;
    const key = /\/segments\/([^/]+)\/(?:save|accept)$/.exec(request.action)?.[1];
    if (!key || !response || response.status >= 300) return;
    const sent = request.form && isolates.bare(new URLSearchParams(request.body).get("text") ?? "");
    if (drafts.get(place(key))?.text.trim() === sent?.trim()) drafts.drop(place(key));
  });
  document.addEventListener("htmx:after:swap", settle);
  document.addEventListener("pieces:arrived", () => { unhide(); markDrafts(); });

  document.addEventListener("click", (event) => {
    const on = event.target.closest(
      "[data-forget], #draft button, [data-use], [data-insert], [data-placeholder], [data-fix], [data-merge], #keys");
    if (!on) return;
    const open = on.closest(".card");
    if (on.matches("[data-forget]")) drafts.drop(place(open.dataset.key));
    else if (on.id === "keys") find("#shortcuts").showModal();
    else if (on.matches("[data-use]")) put(box(open), find("[data-text]", on.closest("li")).textContent);
    else if (on.matches("[data-insert]")) insert(box(open), on.dataset.insert);
    else if (on.matches("[data-placeholder]")) typing.placeholder(box(open), on.textContent);
    else if (on.matches("#draft button")) forget(open);
    else if (on.matches("[data-merge]")) { event.preventDefault(); put(box(open), find("[data-merged]", open).textContent); }
    else if (on.matches("[data-fix]")) { if (mend(box(open), on)) event.preventDefault(); }
  });

  // What a check is certain of, where it stood when it was checked or where alone it stands now; else the server looks.
  const mend = (text, button) => {
    const [fix, old] = [button.dataset.fix, button.dataset.old].map((each) => isolates.shown(text, each));
    const known = isolates.place(text, Number(button.dataset.at));
    const at = text.value.startsWith(old, known) ? known : text.value.indexOf(old);
    if (at < 0 || (at !== known && text.value.indexOf(old, at + 1) >= 0)) return false;
    text.focus();
    text.setSelectionRange(at, at + old.length);
    type(text, fix);
    return true;
  };

  // Words that are selected in the source, or in the text being typed.
  const selectedIn = (open) => {
    const text = box(open);
    const chosen = text && isolates.bare(text.value.slice(text.selectionStart, text.selectionEnd)).trim();
    const selection = getSelection();
    const read = open.contains(selection.anchorNode) ? selection.toString().trim() : "";
    return document.activeElement === text && chosen ? chosen : read;
  };

  const lookFor = (open) => {
    const form = find(".find-words", open);
    if (!form) return;
    const phrase = selectedIn(open);
    form.closest("details").open = true;
    if (!phrase) { form.elements.words.focus(); return; }
    form.elements.words.value = phrase;
    form.requestSubmit();
  };

  // The first word of the glossary that the text lacks.
  const putTerm = (open) => {
    const text = box(open);
    const lacking = [...open.querySelectorAll("[data-term]")].map((each) => each.textContent)
      .find((term) => !text.value.toLowerCase().includes(term.toLowerCase()));
    if (lacking) insert(text, lacking);
  };

  const putPlaceholder = (open) => {
    const wanted = [...open.querySelectorAll(".source [data-placeholder]")].filter((each) => !each.closest("del"));
    const found = typing.missing(box(open), wanted.map((each) => each.textContent));
    if (!found) find("#said").textContent = find(".source", open).dataset.complete;
  };

  const putMatch = (open, number) => {
    const match = open.querySelectorAll("[data-match]")[number - 1];
    if (match) put(box(open), match.textContent);
  };

  const openRow = (row) => {
    if (!row) return;
    if (row.matches(".card")) { show(row); focusBox(row); } else find(".open", row)?.click();
  };

  // Wherever it stands in the list; a sentence that the list leaves out is not opened.
  const openSentence = async (key, number) => openRow(await pieces.row(key, number));

  document.addEventListener("pane:open", (event) => openSentence(event.detail.key, event.detail.number));

  const sayNone = () => {
    const said = find("#said");
    said.textContent = said.dataset.none;
  };

  // What is not here yet, the server knows.
  const askFlagged = async (from, step) => {
    const address = new URL(section.dataset.flagged, location.href);
    if (from) address.searchParams.set("segment", from.dataset.key);
    if (step < 0) address.searchParams.set("back", "1");
    const answer = await fetch(address, { headers: { "X-Sign-In": "here" } });
    const { key, number } = answer.ok ? await answer.json() : {};
    if (key) openSentence(key, number); else sayNone();
  };

  const flagged = (step) => {
    const rows = [...document.querySelectorAll("#segments > li")];
    const focused = document.activeElement.closest?.("#segments > li:not(.waiting)");
    const here = card() ?? focused;
    const from = rows.indexOf(here);
    for (let i = 1; i <= rows.length; i += 1) {
      const row = rows[(from + step * i + rows.length * 2) % rows.length];
      if (row.matches(".waiting")) { askFlagged(here, step); return; }
      if (row.hasAttribute("data-flagged") && row !== card()) { openRow(row); return; }
    }
    sayNone();
  };

  // Keys. AltGr is Ctrl+Alt on Windows and makes letters; so does Option on a Mac, where Control is held as well.
  const altOnly = (event) => (isMac
    ? event.altKey && event.ctrlKey && !event.metaKey
    : event.altKey && !event.ctrlKey && !event.metaKey && !event.getModifierState("AltGraph"));

  const isLetter = (event, letter) => event.key.toLowerCase() === letter
    || (isMac && event.code === `Key${letter.toUpperCase()}`); // Option makes other letters of it

  // Alt and a digit is free on Windows; browsers on Linux change tabs by it, so there it is Ctrl and Alt.
  const matchOf = (event) => {
    const number = /^Digit([1-5])$/.exec(event.code)?.[1]; // not the keypad: there it makes letters
    const held = isLinux ? event.altKey && event.ctrlKey && !event.metaKey : altOnly(event);
    return number && held && !event.shiftKey ? Number(number) : 0;
  };

  // The engines' texts, one after the other, beginning after the one that stands in the box.
  const takeNext = (open) => {
    const texts = [...open.querySelectorAll("[data-engine-text]")].map((each) => each.textContent);
    if (texts.length) put(box(open), texts[(texts.indexOf(typed(box(open)).trim()) + 1) % texts.length]);
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || find("dialog[open]")) return;
    const open = card();
    const inField = event.target.matches("input, select, textarea, [contenteditable]");
    const act = (element) => {
      if (!element) return;
      event.preventDefault();
      if (!element.disabled) element.click();
    };
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey && open) {
      act(find(event.target.matches("[name=comment]") ? "[data-comment]" : "[data-save]", open));
    } else if (isLetter(event, "r") && altOnly(event) && !event.shiftKey && open) {
      act(find("[data-fix]", open));
    } else if (isLetter(event, "z") && altOnly(event) && !event.shiftKey) {
      act(find("[data-undo]"));
    } else if (isLetter(event, "c") && altOnly(event) && !event.shiftKey && open) {
      event.preventDefault();
      find(".talk", open).open = true;
      find("[name=comment]", open).focus();
    } else if (isLetter(event, "a") && altOnly(event) && !event.shiftKey && open) {
      act(find("[data-accept]", open));
    } else if (isLetter(event, "m") && altOnly(event) && !event.shiftKey && open && box(open)) {
      event.preventDefault();
      takeNext(open);
    } else if (matchOf(event) && open && box(open)) {
      event.preventDefault();
      putMatch(open, matchOf(event));
    } else if (isLetter(event, "g") && altOnly(event) && !event.shiftKey && open && box(open)) {
      event.preventDefault();
      putTerm(open);
    } else if (isLetter(event, "k") && altOnly(event) && !event.shiftKey && open) {
      event.preventDefault();
      lookFor(open);
    } else if (isLetter(event, "s") && altOnly(event) && !event.shiftKey && open && box(open)) {
      event.preventDefault();
      put(box(open), find(".source", open).dataset.source);
    } else if (isLetter(event, "p") && altOnly(event) && !event.shiftKey && open && box(open)) {
      event.preventDefault();
      putPlaceholder(open);
    } else if (isLetter(event, "n") && altOnly(event) && !event.shiftKey && open) {
      act(find(".flag:not(.solved) [data-dismiss]", open));
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && altOnly(event) && !event.shiftKey
      && !event.target.matches("select")) {
      event.preventDefault();
      flagged(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && open && !event.target.matches("input, select")) {
      act(find(".close", open));
    } else if (event.key === "?" && !inField) {
      event.preventDefault();
      find("#shortcuts").showModal();
    }
  });
})();
