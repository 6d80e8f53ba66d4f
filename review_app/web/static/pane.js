// The page in its frame, beside the sentences: which passage is open, a click in it, and what was stored since it came.
"use strict";

const pane = (() => {
  const section = document.querySelector(".bench > .page");
  const frame = section?.querySelector("iframe");
  const button = document.querySelector("#pane");
  let now = null;

  const inside = () => (frame?.contentDocument?.querySelector("[data-framed]") ? frame.contentDocument : null);

  const mark = () => inside()?.querySelectorAll(".passage").forEach((each) => each.classList.toggle("now", each.dataset.of === now));

  const bring = () => {
    const passage = inside()?.querySelector(".passage.now");
    if (!passage || frame.clientHeight === 0) return;
    const at = passage.getBoundingClientRect();
    if (at.top < 40 || at.bottom > frame.clientHeight - 40) frame.contentWindow.scrollBy(0, at.top - frame.clientHeight / 3);
  };

  const show = (key) => { now = key; mark(); bring(); };

  // Links and other elements of the page: only the server knows where they stand in a new text.
  const fetchAnew = async (key) => {
    const address = new URL(frame.src);
    address.searchParams.set("sentence", key);
    const answer = await fetch(address, { headers: { "X-Sign-In": "here" } }).catch(() => null);
    if (!answer?.ok) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    put(found.querySelectorAll(`.passage[data-of="${CSS.escape(key)}"]`));
    mark();
  };

  const put = (passages) => passages.forEach((each) => {
    inside()?.getElementById(each.id)?.replaceWith(inside().importNode(each, true));
  });

  const take = () => {
    const passages = document.querySelectorAll("#passages > .passage");
    if (!passages.length || !inside()) return;
    put([...passages].filter((each) => !("markup" in each.dataset)));
    new Set([...passages].filter((each) => "markup" in each.dataset).map((each) => each.dataset.of)).forEach(fetchAnew);
    passages.forEach((each) => each.remove());
    mark();
  };

  let wired = null;
  const arrive = () => {
    const page = inside();
    if (!page || page === wired) return;
    wired = page;
    page.addEventListener("click", (event) => {
      event.preventDefault(); // the page's own links lead nowhere here
      const passage = event.target.closest?.(".passage[data-of]");
      if (!passage || page.getSelection().toString()) return;
      document.dispatchEvent(new CustomEvent("pane:open", { detail: { key: passage.dataset.of, number: Number(passage.dataset.number) } }));
    });
    mark();
    bring();
  };

  // Wide windows show the page unless it was closed; narrow ones when it is asked for.
  const narrow = matchMedia("(max-width: 900px)");
  const place = () => (narrow.matches ? "pane-narrow" : "pane-wide");
  const isOpen = () => (localStorage.getItem(place()) ?? (narrow.matches ? "closed" : "open")) === "open";
  const lay = () => {
    document.querySelector(".bench").dataset.pane = isOpen() ? "open" : "closed";
    button.setAttribute("aria-expanded", String(isOpen()));
    if (isOpen()) requestAnimationFrame(bring);
  };

  if (frame && button) {
    frame.addEventListener("load", arrive);
    if (frame.contentDocument?.readyState === "complete") arrive();
    button.hidden = false;
    button.addEventListener("click", () => { localStorage.setItem(place(), isOpen() ? "closed" : "open"); lay(); });
    narrow.addEventListener("change", lay);
    lay();
  }
  document.addEventListener("htmx:after:swap", take);
  return { show };
})();
