// A field that finds a box among many by its label or by what people call it. Families without a match are hidden,
// those with one are open. What is typed there belongs to no form: it is not sent and does not count as writing.
export function enhanceFilterOptions(picker) {
  const boxes = [...picker.querySelectorAll("input[type=checkbox]")].map((box) => ({
    item: box.parentElement,
    words: `${box.labels[0]?.textContent ?? ""} ${box.dataset.also ?? ""}`.toLowerCase(),
    box,
  }));
  const families = [...picker.querySelectorAll("[data-family]")];
  const wasOpen = new Map(families.map((family) => [family, family.open]));
  const [row, label, field, count] = ["div", "label", "input", "p"].map((name) => document.createElement(name));
  row.className = "govuk-form-group";
  label.className = "govuk-label";
  label.textContent = picker.dataset.filterOptions;
  field.className = "govuk-input";
  field.type = "search";
  field.autocomplete = "off";
  label.htmlFor = field.id = `${picker.id}_find`;
  count.className = "govuk-hint";
  count.setAttribute("role", "status");
  row.append(label, field, count);
  picker.prepend(row);

  const show = () => {
    const asked = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    boxes.forEach(({ item, words, box }) => {
      const fits = asked.every((word) => words.includes(word));
      found += fits ? 1 : 0;
      item.hidden = !fits && !box.checked;
    });
    families.forEach((family) => {
      const seen = [...family.querySelectorAll(".govuk-checkboxes__item")].some((item) => !item.hidden);
      family.hidden = !seen;
      if (family.tagName === "DETAILS") family.open = asked.length ? seen : wasOpen.get(family) || !!family.querySelector(":checked");
    });
    count.textContent = asked.length ? (found === 1 ? "1 fits" : `${found || "None"} fit`) : "";
  };
  field.addEventListener("input", (event) => { event.stopPropagation(); show(); });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
