// A checkbox that ticks all boxes of the name it gives, within its form.
export function enhanceSelectAll(master) {
  const boxes = [...master.form.querySelectorAll(`input[type="checkbox"][name="${master.dataset.selectAll}"]`)];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    master.checked = ticked === boxes.length;
    master.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  master.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = master.checked; });
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  master.closest("[hidden]")?.removeAttribute("hidden");
  show();
}
