// The desk: a click on a sentence of the page leads to where it is ticked and commented on. Without this, the list does.
const choose = document.getElementById("choose");
document.querySelector(".desk article.sheet")?.addEventListener("click", (event) => {
  const passage = event.target.closest("[data-key]");
  const row = passage && choose && document.getElementById(`c-${passage.dataset.key}`);
  if (!row || !getSelection().isCollapsed) return;
  choose.open = true;
  row.scrollIntoView({ block: "center" });
  row.querySelector("textarea").focus({ preventScroll: true });
});

// A link to a sentence leads to where its flags and changes are; the links of the page as readers see it lead nowhere here.
const work = document.getElementById("view-work");
document.addEventListener("click", (event) => {
  if (work && event.target.closest?.('.desk a[href^="#k-"]')) work.checked = true;
});
const foreseen = document.querySelector(".desk iframe.foreseen");
foreseen?.addEventListener("load", () => foreseen.contentDocument?.addEventListener("click", (event) => event.preventDefault()));
