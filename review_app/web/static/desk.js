// The desk: a click on a sentence of the page leads to where it is ticked and commented on. Without this, the list does.
const choose = document.getElementById("choose");
document.querySelector(".desk .sheet")?.addEventListener("click", (event) => {
  const passage = event.target.closest("[data-key]");
  const row = passage && choose && document.getElementById(`c-${passage.dataset.key}`);
  if (!row || !getSelection().isCollapsed) return;
  choose.open = true;
  row.scrollIntoView({ block: "center" });
  row.querySelector("textarea").focus({ preventScroll: true });
});
