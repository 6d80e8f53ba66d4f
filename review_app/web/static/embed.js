/*
 * Shows the published translation of the page it stands in, on the customer's own website:
 *
 *   <script src="https://translations.example.se/embed.js" data-site="example" defer></script>
 *
 * It puts a row of languages before the content and swaps the texts of the page when one is chosen. A text is known by
 * its key: the normalised text of a block, with a number for each element in it (publishing/embedding.py computes the
 * same). Elements are never made anew, so links, forms and focus stay; what has no translation stays as it is, marked
 * with its own language; and whatever goes wrong, the page goes back to what it was.
 *
 * data-site      the site's short name
 * data-path      the page's path, where it is not that of its address
 * data-chooser   a selector: the element that the languages are put into
 */
(() => {
  "use strict";

  const set = words => new Set(words.split(" "));
  // The same lists as in pages/markup.py; a test compares them.
  const INLINE = set("a abbr acronym area b basefont bdi bdo big blink br cite data del dfn em font i img input ins kbd map mark meter nobr output picture progress q rb ruby s samp slot small source span strike strong sub sup time tt u var wbr");
  const VOID = set("area base br col embed hr img input link meta param source track wbr");
  const UNTRANSLATED = set("script style code template noscript textarea svg math iframe object canvas audio video xmp plaintext noembed noframes");
  const OBJECTS = set("code svg math");
  const UNSEEN = set("script style template noscript");
  const BUTTONS = set("submit button reset");
  const ATTRIBUTES = ["alt", "title", "aria-label", "placeholder"];
  const WITH_ATTRIBUTES = "[alt],[title],[aria-label],[placeholder],input[value],meta[content]";
  const UNMARKED = set("title option button");
  const MOST_REWRITES = 25; // of one text in one place within a second
  const REMEMBERED = "review-app-language";

  const script = document.currentScript;
  const html = document.documentElement;
  const base = new URL(".", script.src).href;
  const { site } = script.dataset;
  const before = { lang: html.getAttribute("lang"), dir: html.getAttribute("dir") };
  const primary = tag => tag.trim().split("-")[0].toLowerCase();
  const sourceTag = (before.lang || "").trim() || "sv";
  const source = primary(sourceTag);

  const isText = node => node.nodeType === 3;
  const isElement = node => node.nodeType === 1;
  const isBlank = text => !text.trim();
  const normalise = text => text.normalize("NFC").replace(/[ \t\n\r\f]+/g, " ").trim();

  /* What a page's texts are */

  const ours = { has: node => isElement(node) && node.hasAttribute("data-review-app") }; // copies of ours, too

  function isSkipped(element) {
    if (UNTRANSLATED.has(element.localName) || element.isContentEditable) return true;
    if ((element.getAttribute("translate") || "").trim().toLowerCase() === "no") return true;
    const lang = (element.getAttribute("lang") || "").trim();
    return element !== html && lang !== "" && primary(lang) !== source;
  }

  const isObject = element => OBJECTS.has(element.localName) || INLINE.has(element.localName);

  function holdsBlock(element) {
    return [...element.children].some(child =>
      !UNSEEN.has(child.localName) && !ours.has(child) &&
      (isSkipped(child) ? !isObject(child) : !INLINE.has(child.localName) || holdsBlock(child)));
  }

  function breaksTwice(run) {
    for (let i = run.length - 1; i >= 0; i--) {
      if (isElement(run[i])) return run[i].localName === "br";
      if (!isBlank(run[i].data)) return false;
    }
    return false;
  }

  /* Every run of text and inline elements in an element, as an array of sibling nodes. */
  function runsIn(parent, found = []) {
    let run = [];
    const end = () => {
      if (run.some(node => !isBlank(isText(node) ? node.data : node.textContent))) found.push(run);
      run = [];
    };
    for (const node of parent.childNodes) {
      if (isText(node)) {
        if (run.length || !isBlank(node.data)) run.push(node);
      } else if (isElement(node) && !UNSEEN.has(node.localName) && !ours.has(node)) {
        if (isSkipped(node)) {
          if (isObject(node)) run.push(node);
          else end();
        } else if (INLINE.has(node.localName) && !holdsBlock(node)) {
          if (node.localName === "br" && breaksTwice(run)) end();
          else run.push(node);
        } else {
          end();
          runsIn(node, found);
        }
      }
    }
    end();
    return found;
  }

  /* A run's key, and its elements by number. */
  function read(run) {
    const elements = [];
    const walk = nodes => [...nodes].map(node => {
      if (isText(node)) return node.data;
      if (!isElement(node) || UNSEEN.has(node.localName) || ours.has(node)) return "";
      const number = elements.push(node);
      return hasContent(node) ? `<${number}>${walk(node.childNodes)}</${number}>` : `<${number}/>`;
    }).join("");
    return { key: normalise(walk(run)), elements };
  }

  const hasContent = element => !VOID.has(element.localName) && !isSkipped(element);

  /* Changing the page, so that it can be changed back */

  const owner = new WeakMap(); // text node -> the change that wrote it
  let changes = new Set(); // each { undo: functions, written: text node -> what it now says }

  function begin() {
    const change = { undo: [], written: new Map() };
    changes.add(change);
    return change;
  }

  function takeBack(change) {
    changes.delete(change);
    for (const undo of change.undo.reverse()) {
      try {
        undo();
      } catch { /* the page's own scripts have moved things since: the rest can still be undone */ }
    }
    for (const node of change.written.keys()) owner.delete(node);
  }

  function write(change, node, data) {
    const was = node.data;
    if (was !== data) {
      node.data = data;
      change.undo.push(() => { if (node.data === data) node.data = was; });
    }
    change.written.set(node, data);
    owner.set(node, change);
  }

  function setAttribute(change, element, name, value) {
    const was = element.getAttribute(name);
    element.setAttribute(name, value);
    change.undo.push(() => {
      if (element.getAttribute(name) !== value) return;
      if (was === null) element.removeAttribute(name);
      else element.setAttribute(name, was);
    });
  }

  function put(parent, node, next) {
    const active = document.activeElement;
    const holdsFocus = isElement(node) && node.contains(active);
    if (parent.moveBefore && node.isConnected) parent.moveBefore(node, next);
    else parent.insertBefore(node, next);
    if (holdsFocus && document.activeElement !== active) active.focus({ preventScroll: true });
  }

  function move(change, parent, node, next) {
    const { parentNode, nextSibling } = node;
    put(parent, node, next);
    change.undo.push(() => {
      if (node.parentNode !== parent) return;
      if (!parentNode) node.remove();
      else if (parentNode.isConnected) put(parentNode, node, nextSibling && nextSibling.parentNode === parentNode ? nextSibling : null);
    });
  }

  function make(name, text, attributes = {}) {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.setAttribute("data-review-app", "");
    return element;
  }

  const swedish = () => ({ lang: sourceTag, dir: before.dir || "ltr" });

  /* Put parts into an element in place of some of its nodes. Elements move only when their order changes. */
  function arrange(change, parent, nodes, parts, elements) {
    const end = nodes.length ? nodes[nodes.length - 1].nextSibling : null;
    const texts = nodes.filter(isText);
    const wanted = [];
    const inner = [];
    const collect = (list, foreign) => {
      for (const part of list) {
        if (Array.isArray(part)) {
          wanted.push(elements[part[0]]);
          inner.push([elements[part[0]], foreign ? [{ source: part.slice(1) }] : part.slice(1)]);
        } else if (typeof part !== "string") {
          collect(part.source, true);
        } else if (foreign && !isBlank(part)) {
          wanted.push(make("span", part, swedish()));
        } else {
          const node = texts.shift() || document.createTextNode("");
          write(change, node, part);
          wanted.push(node);
        }
      }
    };
    collect(parts, false);
    for (const node of texts) write(change, node, "");

    const theirs = node => isElement(node) && !ours.has(node);
    const order = wanted.filter(theirs);
    const now = nodes.filter(node => elements.includes(node));
    if (order.length !== now.length || order.some((node, i) => node !== now[i])) {
      for (const node of order) move(change, parent, node, end);
    }
    let next = end;
    for (const node of wanted.reverse()) {
      if (!theirs(node) && (node.parentNode !== parent || node.nextSibling !== next)) move(change, parent, node, next);
      next = node;
    }
    for (const [element, list] of inner) {
      if (hasContent(element)) arrange(change, element, [...element.childNodes], list, elements);
    }
  }

  function usesEach(parts, elements) {
    const seen = [];
    const walk = list => list.forEach(part => {
      if (Array.isArray(part)) {
        seen.push(part[0]);
        walk(part.slice(1));
      } else if (typeof part !== "string") walk(part.source);
    });
    walk(parts);
    return seen.length === elements.length && new Set(seen).size === seen.length && seen.every(n => elements[n]);
  }

  /* Say of a run without a translation which language it is in, so that speech readers switch voice. */
  function nameLanguage(change, run) {
    const parent = run[0].parentNode;
    const alone = [...parent.childNodes].every(node =>
      run.includes(node) || (isText(node) ? isBlank(node.data) : !isElement(node) || UNSEEN.has(node.localName)));
    const mark = element => Object.entries(swedish()).forEach(([name, value]) => setAttribute(change, element, name, value));
    for (const node of texts(run)) {
      change.written.set(node, node.data);
      owner.set(node, change);
    }
    if (alone && parent !== document.body) {
      mark(parent);
      return;
    }
    for (const node of run) {
      if (isElement(node)) {
        if (!isSkipped(node)) mark(node);
      } else if (!isBlank(node.data)) {
        const span = make("span", "", swedish());
        put(parent, span, node);
        put(span, node, null);
        change.undo.push(() => span.replaceWith(...span.childNodes)); // wherever it stands by then
      }
    }
  }

  const texts = nodes => [...nodes].flatMap(node =>
    isText(node) ? [node] : isElement(node) && !isSkipped(node) && !ours.has(node) ? texts(node.childNodes) : []);

  /* Showing a translation */

  const OBSERVED = { childList: true, characterData: true, subtree: true };

  let shown = null; // the answer in view, with its blocks and attributes by key
  let host = null;

  function translate(root) {
    for (const run of runsIn(root)) translateRun(run);
    const withAttributes = [...root.querySelectorAll(WITH_ATTRIBUTES)];
    for (const element of isElement(root) ? [root, ...withAttributes] : withAttributes) translateAttributes(element);
  }

  function translateRun(run) {
    const nodes = texts(run);
    if (nodes.length && nodes.every(node => owner.has(node))) return; // as we left it
    const { key, elements } = read(run);
    const parent = run[0].parentNode;
    if (shown.outputs.has(key) || isFoughtOver(parent, key)) return; // a copy of what we wrote; a text that comes back
    const swap = shown.blocks.get(key);
    if (!swap || !usesEach(swap.parts, elements)) {
      if (/\p{L}/u.test(key)) nameLanguage(begin(), run);
      return;
    }
    const change = begin();
    const end = run[run.length - 1].nextSibling;
    if (parent.localName === "option" && !parent.hasAttribute("value")) setAttribute(change, parent, "value", parent.value);
    arrange(change, parent, run, swap.parts, elements);
    shown.outputs.add(written(swap.parts));
    if (swap.machine && !UNMARKED.has(parent.localName)) {
      const mark = make("small", shown.words.machine, { class: "review-app-mark" });
      mark.style.cssText = "margin-inline-start:.5em;border:1px dashed;border-radius:4px;padding:0 .4em;font-size:.7em";
      move(change, parent, mark, end);
    }
  }

  /* What parts read as, in the way of a key. */
  const written = parts => normalise(parts.map(function text(part) {
    if (typeof part === "string") return part;
    if (!Array.isArray(part)) return "";
    return part.length > 1 ? `<${part[0] + 1}>${part.slice(1).map(text).join("")}</${part[0] + 1}>` : `<${part[0] + 1}/>`;
  }).join(""));

  /* Another script that insists on its text wins: two that never give in would stop the page. */
  let rewrites = new Map();
  let since = 0;

  function isFoughtOver(parent, key) {
    if (performance.now() - since > 1000) {
      rewrites = new Map();
      since = performance.now();
    }
    if (!rewrites.has(parent)) rewrites.set(parent, new Map());
    const counts = rewrites.get(parent);
    counts.set(key, (counts.get(key) || 0) + 1);
    return counts.get(key) > MOST_REWRITES;
  }

  function translateAttributes(element) {
    const type = (element.getAttribute("type") || "").trim().toLowerCase();
    const names = [...ATTRIBUTES];
    // A named button's value is sent with its form: the website would not understand another.
    if (element.localName === "input" && BUTTONS.has(type) && !element.name) names.push("value");
    if (element.localName === "meta" && (element.getAttribute("name") || "").trim().toLowerCase() === "description") names.push("content");
    for (const name of names) {
      const value = element.getAttribute(name);
      const text = value && shown.attributes.get(`${name} ${normalise(value)}`);
      if (text && text !== value && !isInSkipped(element)) setAttribute(begin(), element, name, text);
    }
  }

  function isInSkipped(element) {
    for (let one = element; one; one = one.parentElement) if (isSkipped(one) || one === host) return true;
    return false;
  }

  function restore() {
    watcher.disconnect();
    for (const change of [...changes].reverse()) takeBack(change);
    document.querySelectorAll("small[data-review-app]").forEach(mark => mark.remove()); // of copies the page made
    shown = null;
    for (const [name, value] of Object.entries(before)) {
      if (value === null) html.removeAttribute(name);
      else html.setAttribute(name, value);
    }
  }

  function show(answer) {
    restore();
    if (answer.blocks) fill(answer);
    watcher.observe(html, OBSERVED);
  }

  function fill(answer) {
    shown = {
      ...answer,
      outputs: new Set(),
      blocks: new Map(answer.blocks.map(block => [block.key, block])),
      attributes: new Map(answer.attributes.map(one => [`${one.name} ${one.key}`, one.text])),
    };
    html.lang = answer.language;
    html.dir = answer.direction;
    translate(html);
  }

  /* What the page's own scripts add or change later */

  const watcher = new MutationObserver(records => safely(() => {
    if (path() !== asked) {
      start();
      return;
    }
    if (!shown) return;
    const roots = new Set();
    for (const { type, target } of records) {
      const change = type === "characterData" && owner.get(target);
      if (change && change.written.get(target) !== target.data) takeBack(change);
      let root = isElement(target) ? target : target.parentElement;
      while (root && INLINE.has(root.localName)) root = root.parentElement;
      if (root && root.isConnected && !isInSkipped(root)) roots.add(root);
    }
    for (const root of roots) {
      if (![...roots].some(other => other !== root && other.contains(root))) {
        for (const run of runsIn(root)) {
          const nodes = texts(run);
          if (!nodes.every(node => owner.has(node))) nodes.forEach(node => owner.has(node) && takeBack(owner.get(node)));
        }
        translate(root);
      }
    }
    watcher.takeRecords();
  }));

  /* The row of languages, and the notice */

  const STYLE = `
    :host { display: block; font: inherit; color: inherit; }
    nav { display: flex; flex-wrap: wrap; gap: 0 1.1em; }
    button { font: inherit; color: inherit; background: none; border: 0; border-block-end: 3px solid transparent; padding: .4em 0; min-block-size: 2.5em; cursor: pointer; }
    button:hover, button[aria-pressed=true] { border-color: currentColor; }
    button[aria-pressed=true] { font-weight: 600; }
    button:focus-visible, a:focus-visible { outline: 3px solid; outline-offset: 2px; }
    p { margin: .5em 0 1em; padding: .3em .8em; border-inline-start: 4px solid; font-size: .9em; line-height: 1.5; }
    p:empty { display: none; }
    a { color: inherit; }`;

  function place() {
    host = make("div", "", { translate: "no" });
    const shadow = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(make("nav", ""), make("p", "", { role: "status" }));
    const there = script.dataset.chooser && document.querySelector(script.dataset.chooser);
    if (there) there.append(host);
    else if (document.body.contains(script)) script.before(host);
    else document.body.prepend(host);
  }

  function draw(answer) {
    if (!host || !host.isConnected) place();
    const [nav, notice] = host.shadowRoot.children;
    failed = answer.words.failed;
    host.lang = answer.language || sourceTag;
    host.dir = answer.direction;
    nav.setAttribute("aria-label", answer.words.language);
    const focused = host.shadowRoot.activeElement && host.shadowRoot.activeElement.lang;
    nav.replaceChildren(...answer.languages.map(({ tag, name, direction }) => {
      const pressed = tag === (answer.language || answer.source);
      const button = make("button", name, { type: "button", lang: tag, dir: direction, "aria-pressed": pressed });
      button.addEventListener("click", () => choose(tag));
      return button;
    }));
    [...nav.children].forEach(button => button.lang === focused && button.focus({ preventScroll: true }));
    notice.replaceChildren();
    notice.removeAttribute("lang");
    notice.removeAttribute("dir");
    if (!answer.notice) return;
    const links = [[answer.contact, answer.words.contact], [answer.report, answer.words.report]];
    notice.append(`${answer.notice} ${answer.answers} `, ...links.filter(([address]) => address).flatMap(
      ([href, text], i) => [i ? " · " : "", make("a", text, { href, rel: "nofollow noopener" })]));
  }

  /* Fetching */

  let asked = "";
  let latest = 0;
  let failed = ""; // what to say when a translation does not come

  const path = () => (script.dataset.path || location.pathname).replace(/^\/+|\/+$/g, "") || "start";

  async function load(tag) {
    asked = path();
    const address = `${base}api/v1/sites/${encodeURIComponent(site)}/embed/${encodeURIComponent(tag)}/${asked}`;
    const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    return response.json();
  }

  async function change(tag) {
    const turn = ++latest;
    const answer = await load(tag);
    if (turn !== latest) return;
    show(answer);
    if (answer.languages.length > 1) draw(answer);
    else if (host) host.remove(), host = null;
  }

  async function choose(tag) {
    remember(tag);
    try {
      await change(tag);
    } catch (error) {
      giveUp(error);
      watcher.observe(html, OBSERVED);
      if (host) tellFailure();
    }
  }

  function tellFailure() {
    const [nav, notice] = host.shadowRoot.children;
    for (const button of nav.children) button.setAttribute("aria-pressed", primary(button.lang) === source);
    Object.assign(notice, { lang: host.lang, dir: host.dir, textContent: failed });
    Object.assign(host, swedish());
  }

  function remember(tag) {
    try {
      localStorage.setItem(REMEMBERED, tag);
    } catch { /* storage is closed to us: the choice holds for this page */ }
  }

  function remembered() {
    try {
      return localStorage.getItem(REMEMBERED);
    } catch {
      return null;
    }
  }

  function giveUp(error) {
    try {
      restore();
    } catch { /* the page's own scripts took our nodes away: nothing of ours is left to undo */ }
    console.warn("review-app:", error);
  }

  function safely(action) {
    try {
      action();
    } catch (error) {
      giveUp(error);
    }
  }

  const start = () => change(remembered() || "source").catch(giveUp);

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
