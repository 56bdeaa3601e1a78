// A print button is in the page hidden, because without scripts it could do nothing.
export function enhancePrinting(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
