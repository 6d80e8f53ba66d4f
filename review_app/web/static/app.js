// What every staff page shares. Pages work without it; it only takes away small frictions.
"use strict";

(() => {
  // A code that told the person something once ("?told=saved") is not to be said again on reload, or shared in a link.
  const here = new URL(location.href);
  if (here.searchParams.has("told")) {
    here.searchParams.delete("told");
    history.replaceState(history.state, "", here);
  }

  const messages = document.getElementById("messages");

  // An error shown beside a fragment is over when the next answer is well.
  document.addEventListener("htmx:after:request", (event) => {
    const status = event.detail.ctx?.response?.status ?? 0;
    if (status >= 200 && status < 400) messages?.querySelectorAll("[data-error]").forEach((each) => each.remove());
  });

  // The server did not answer at all: say so where errors are said.
  document.addEventListener("htmx:error", (event) => {
    if (!event.detail.ctx || event.detail.ctx.response || !messages) return;
    const text = messages.dataset.offline;
    if (!text || messages.querySelector("[data-error]")) return;
    const line = document.createElement("p");
    line.className = "message wrong";
    line.setAttribute("role", "alert");
    line.dataset.error = "";
    line.textContent = text;
    messages.append(line);
  });

  // A form that takes a while is sent once, and says that it is under way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    form.querySelectorAll("[data-busy]").forEach((each) => { each.hidden = false; });
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    form.querySelectorAll("[data-busy]").forEach((each) => { each.hidden = true; });
  }));
})();
