// When the sign-in has ended while somebody works: ask for it in place, then do once more what was asked for.
"use strict";

(() => {
  const dialog = document.getElementById("again");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const told = dialog.querySelector("[role=alert]");
  let repeat = null;

  const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  document.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.request.headers["X-Sign-In"] = "here"; // else the whole page would be sent to the sign-in
  });

  document.addEventListener("htmx:after:request", (event) => {
    const { request, response, sourceElement } = event.detail.ctx;
    if (response?.status !== 401) return;
    if (request.method === "GET" || /\/check$/.test(request.action)) return; // whoever types is not interrupted
    const id = sourceElement.id;
    const saves = /\/save$/.test(request.action);
    repeat = () => (saves ? document.querySelector("#segments > .card [data-save]") : document.getElementById(id) ?? sourceElement)
      ?.click();
    told.textContent = "";
    form.elements.password.value = "";
    if (!dialog.open) dialog.showModal();
    form.elements.password.focus();
  });

  // Everything in the page that proves it belongs to this sign-in is taken from a page of the new one.
  const renew = async () => {
    const fresh = (await read(await fetch(form.dataset.account))).body;
    if (fresh.dataset.person !== document.body.dataset.person) { location.reload(); return; } // somebody else: their page
    const headers = fresh.getAttribute("hx-headers:inherited");
    document.body.setAttribute("hx-headers:inherited", headers);
    document.querySelectorAll("input[name=csrf_token]").forEach((each) => { each.value = JSON.parse(headers)["X-CSRFToken"]; });
    dialog.close();
    document.querySelectorAll("#messages [data-error]").forEach((each) => each.remove());
    repeat?.();
  };

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.formMethod === "dialog") return;
    event.preventDefault();
    try {
      const asked = await read(await fetch(form.action));
      const token = asked.querySelector("form input[name=password]")?.form.elements.csrf_token.value;
      if (token) { // else another tab has signed in already
        const body = new URLSearchParams(new FormData(form));
        body.set("csrf_token", token);
        const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
        if (answer.status !== 204) {
          told.textContent = (await read(answer)).querySelector("[role=alert], [data-error]")?.textContent.trim() ?? form.dataset.failed;
          form.elements.password.select();
          return;
        }
      }
      await renew();
    } catch {
      told.textContent = document.getElementById("messages").dataset.offline;
    }
  });
})();
