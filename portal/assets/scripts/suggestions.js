// Suggestions under a search field: the combobox pattern with a list of options.
// The field stays an ordinary field of a form: Enter without a chosen option sends the form.
const PAUSE = 180;
const SHORTEST = 2;

function option(suggestion, id) {
  const item = document.createElement("li");
  item.id = id;
  item.className = "portal-suggestions__option";
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.url = suggestion.url;
  item.append(words("portal-suggestions__text", suggestion.text));
  if (suggestion.kind) item.append(words("portal-suggestions__kind", suggestion.kind));
  return item;
}

function words(className, text) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.status = document.createElement("div");
    this.chosen = -1;
    this.describe();
    this.listen();
  }

  describe() {
    this.list.id = `${this.input.id}-suggestions`;
    this.list.className = "portal-suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.status.className = "govuk-visually-hidden";
    this.status.setAttribute("role", "status");
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
    this.input.form.append(this.list, this.status);
  }

  listen() {
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.open(item);
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const typed = this.input.value.trim();
    this.request?.abort();
    if (typed.length < SHORTEST) return this.close();
    this.request = new AbortController();
    try {
      const url = new URL(this.input.dataset.suggestUrl, window.location.href);
      url.searchParams.set("q", typed);
      const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: this.request.signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch {
      this.close();
    }
  }

  show(suggestions) {
    if (!suggestions.length || document.activeElement !== this.input) return this.close();
    this.chosen = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...suggestions.map((one, place) => option(one, `${this.list.id}-${place}`)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.status.textContent = suggestions.length === 1 ? "1 suggestion" : `${suggestions.length} suggestions`;
  }

  close() {
    this.request?.abort();
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  key(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(step);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.chosen >= 0) this.open(this.list.children[this.chosen]);
    else return;
    event.preventDefault();
  }

  // One place beyond each end is the field itself, as the reader typed it.
  move(step) {
    const places = this.list.children.length + 1;
    this.chosen = ((this.chosen + 1 + step + places) % places) - 1;
    [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === this.chosen)));
    const item = this.list.children[this.chosen];
    if (!item) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  open(item) {
    const url = new URL(item.dataset.url, window.location.href);
    if (url.origin === window.location.origin) window.location.assign(url);
  }
}

export function enhanceSuggestions(input) {
  new Suggestions(input);
}
