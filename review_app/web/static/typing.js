// Puts texts, words and placeholders into a text box as if they were typed, so that the browser's own undo takes them back.
"use strict";

const typing = (() => {
  const type = (text, value) => {
    if (document.execCommand(value ? "insertText" : "delete", false, value)) return;
    text.setRangeText(value, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const put = (text, value) => {
    text.focus();
    text.select();
    type(text, isolates.shown(text, value));
  };

  // At the caret, with a space where it would run into a word.
  const insert = (text, value) => {
    text.focus();
    const before = text.value.slice(0, text.selectionStart);
    const after = text.value.slice(text.selectionEnd);
    type(text, (/[\p{L}\p{N},.;:!?]$/u.test(before) ? " " : "") + value + (/^[\p{L}\p{N}]/u.test(after) ? " " : ""));
  };

  // Around the words that are selected, which stay so: a second pair goes inside the first.
  const wrap = (text, opening, closing) => {
    text.focus();
    const [start, end] = [text.selectionStart, text.selectionEnd];
    const before = isolates.shown(text, opening);
    type(text, before + text.value.slice(start, end) + isolates.shown(text, closing));
    text.setSelectionRange(start + before.length, end + before.length);
  };

  // Never instead of what is selected: an opening placeholder before it, every other after it.
  const beside = (text, value) => {
    text.focus();
    const at = /^<\d+>$/.test(value) ? text.selectionStart : text.selectionEnd;
    text.setSelectionRange(at, at);
    type(text, isolates.shown(text, value));
  };

  const closingOf = (value) => value.replace(/^<(\d+)>$/, "</$1>");

  // One that was chosen. With words selected, both of its pair.
  const placeholder = (text, value) => {
    const opening = value.replace("</", "<");
    if (text.selectionStart < text.selectionEnd && !value.endsWith("/>")) wrap(text, opening, closingOf(opening));
    else beside(text, value);
  };

  // The first of these that the text lacks, or around selected words the first pair; says whether there is one.
  const missing = (text, wanted) => {
    const given = text.value.match(isolates.PLACEHOLDER) ?? [];
    const lacking = wanted.filter((value) => {
      const at = given.indexOf(value);
      if (at >= 0) given.splice(at, 1);
      return at < 0;
    });
    const pair = lacking.find((value) => /^<\d+>$/.test(value) && lacking.includes(closingOf(value)));
    if (pair && text.selectionStart < text.selectionEnd) wrap(text, pair, closingOf(pair));
    else if (lacking.length) beside(text, lacking[0]);
    return lacking.length > 0;
  };

  return { type, put, insert, placeholder, missing };
})();
