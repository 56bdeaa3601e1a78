// Saves a section while somebody writes in it, and shows who else is there. Without scripts the same form is
// saved by its button. What is not saved yet stays in this page's memory alone: laptops are shared.
const PAUSE = 1500;
const LONGEST = 8000;
const RETRY = 5000;
const PING = 20000;
const SIGNED_OUT = "Not saved: you are signed out. Your text is kept in this page. Sign in in another window, then write on here.";
const AWAY = "Not saved yet: the connection is away. Your text is kept in this page and is sent when it is back.";
const CLASH = "Your colleague changed this section too. Press Save to see both texts; nothing is lost.";

// Whoever signs in again in another window gets a new token there; with its old one this page could never save again.
function renewToken() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  if (!cookie) return;
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = cookie.split("=")[1]; });
}

function valueOf(field) {
  return field.type === "checkbox" ? field.checked : field.value;
}

function fill(field, value) {
  if (field.type === "checkbox") field.checked = value;
  else field.value = value;
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    this.saved = this.values();
    this.clashed = false;
    this.listen();
    setInterval(() => this.ping(), PING);
  }

  listen() {
    this.form.addEventListener("input", () => this.wait(PAUSE));
    this.form.addEventListener("submit", () => { this.leaving = true; });
    document.addEventListener("submit", renewToken, true);
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.isChanged()) event.preventDefault();
    });
    window.addEventListener("online", () => this.save());
  }

  fields() {
    return [...this.form.elements].filter((field) => field.name && !["csrfmiddlewaretoken", "base_version", "then"].includes(field.name));
  }

  values() {
    return Object.fromEntries(this.fields().map((field) => [field.name, valueOf(field)]));
  }

  isChanged() {
    const now = this.values();
    return Object.keys(now).some((name) => now[name] !== this.saved[name]);
  }

  say(text, isAway = false) {
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.classList.toggle("submission-saved--away", isAway);
  }

  wait(pause) {
    if (this.clashed) return;
    this.since ??= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Date.now() - this.since > LONGEST ? 0 : pause);
  }

  async save() {
    if (this.clashed || this.leaving || !this.isChanged()) return;
    if (this.busy) return this.wait(PAUSE);
    this.busy = true;
    this.since = undefined;
    const sent = this.values();
    renewToken();
    try {
      this.answer(await this.post(this.form.dataset.autosaveUrl, new FormData(this.form)), sent);
    } catch {
      this.say(AWAY, true);
      this.wait(RETRY);
    } finally {
      this.busy = false;
    }
  }

  // The answer is read whole before anything counts as saved: a connection may break halfway.
  async post(url, body) {
    const answer = await fetch(url, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    const isJson = (answer.headers.get("Content-Type") || "").includes("application/json");
    return { code: answer.type === "opaqueredirect" ? 403 : answer.status, state: isJson ? await answer.json() : {} };
  }

  answer({ code, state }, sent) {
    if (code === 200) return this.keep(state, sent);
    if (code === 409) {
      this.clashed = true;
      return this.say(CLASH, true);
    }
    if (code === 422) return this.say(state.message, true);
    if (code === 403 || code === 404) this.say(SIGNED_OUT, true);
    else this.say(AWAY, true);
    this.wait(RETRY);
  }

  keep(state, sent) {
    this.saved = sent;
    if (!this.isTorn(state, sent)) this.take(state);
    this.say(`Saved at ${state.saved_at}`);
    if (this.isChanged()) this.wait(PAUSE);
  }

  // What the section says by now, for each field that this form has.
  parts(state) {
    return Object.entries(state.parts).filter(([name]) => this.form.elements[name]);
  }

  // Whether a field came back with the colleague's words while more was typed in it here. The version then stays
  // the old one, so that the next save meets both texts instead of passing over the colleague's.
  isTorn(state, sent) {
    return this.parts(state).some(
      ([name, value]) => value !== sent[name] && valueOf(this.form.elements[name]) !== sent[name],
    );
  }

  // What the colleague wrote or ticked elsewhere comes in; what is being typed here is left alone.
  take(state) {
    this.form.elements.base_version.value = state.version;
    for (const [name, value] of this.parts(state)) {
      const field = this.form.elements[name];
      if (valueOf(field) === this.saved[name] && valueOf(field) !== value) fill(field, value);
      this.saved[name] = value;
    }
  }

  async ping() {
    if (this.busy || this.leaving) return;
    this.busy = true;
    renewToken();
    try {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
      const { code, state } = await this.post(this.form.dataset.presentUrl, body);
      if (code === 200) this.show(state);
    } catch {
      if (this.isChanged()) this.say(AWAY, true);
    } finally {
      this.busy = false;
    }
  }

  show(state) {
    const isNewer = state.version > Number(this.form.elements.base_version.value);
    if (isNewer && !this.isChanged()) {
      this.take(state);
      this.say(`Your colleague changed this section at ${state.saved_at}. You see it as it is now.`);
    }
    let note = document.querySelector(".submission-present");
    if (!note && state.present.length) {
      note = document.createElement("p");
      note.className = "submission-present";
      this.form.before(note);
    }
    if (note) {
      note.textContent = state.present.length ? `${state.present.join(" and ")} is in this section now. What you both write is kept.` : "";
      note.hidden = !state.present.length;
    }
  }
}

document.querySelectorAll("form[data-autosave-url]").forEach((form) => new Autosave(form));
