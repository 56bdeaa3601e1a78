// Asks before a page with unsaved writing is left. The text stays in memory alone: laptops are shared.
export function enhanceUnsaved(form) {
  let changed = false;
  const warn = (event) => { if (changed) event.preventDefault(); };
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", warn);
}
