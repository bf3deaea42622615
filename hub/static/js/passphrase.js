// A button to show a passphrase while it is typed, hints and words for a new one, the browser's time zone for the sign-up form, and a
// print button. All words stand in the page; nothing that is typed leaves it before the form is sent.

const RULES = {
  length: (text, list) => text.length >= Number(list.dataset.length),
  name: (text, list, name) => !name || !text.toLowerCase().includes(name) || text.length - name.length >= 6,
  varied: (text) => new Set(text.toLowerCase()).size >= 4,
  words: (text) => text.trim().split(/\s+/).length >= 4,
};

for (const input of document.querySelectorAll("input[data-passphrase]")) addToggle(input);
for (const list of document.querySelectorAll("[data-hints]")) addHints(list);
for (const box of document.querySelectorAll("[data-suggestion]")) addSuggestions(box);
for (const input of document.querySelectorAll("input[data-time-zone]")) {
  input.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

function addToggle(input) {
  const words = input.form?.dataset;
  if (!words?.show) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small button--quiet";
  button.dataset.toggle = "";
  button.textContent = words.show;
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => show(input, button, input.type === "password"));
  // Browsers offer to keep a passphrase only when the field is one again.
  input.form.addEventListener("submit", () => (input.type = "password"));
  input.after(button);
}

function show(input, button, shown) {
  input.type = shown ? "text" : "password";
  if (button) button.textContent = shown ? input.form.dataset.hide : input.form.dataset.show;
}

function addHints(list) {
  const field = list.closest(".field");
  const input = field.querySelector("input[data-passphrase]");
  const said = field.querySelector("[data-hints-said]");
  const hints = [...list.querySelectorAll("[data-hint]")].map((item) => ({ item, rule: RULES[item.dataset.hint], text: item.textContent }));
  let timer;
  input.addEventListener("input", () => {
    list.hidden = !input.value;
    const name = (input.form.querySelector("[autocomplete=username]")?.value ?? "").trim().toLowerCase();
    const open = hints.filter((hint) => !mark(hint, hint.rule(input.value, list, name), list.dataset));
    clearTimeout(timer); // a reader that speaks is told once she pauses, not at every letter
    timer = setTimeout(() => {
      if (!input.value) said.textContent = "";
      else said.textContent = open.length ? `${list.dataset.missing}: ${open.map((hint) => hint.text).join("; ")}` : said.dataset.saidAll;
    }, 1200);
  });
}

function mark({ item, text }, fits, words) {
  item.dataset.fits = fits;
  item.textContent = `${fits ? "✓" : "–"} ${text} (${fits ? words.fits : words.missing})`;
  return fits;
}

function addSuggestions(box) {
  const input = box.closest(".field").querySelector("input[data-passphrase]");
  const words = box.querySelector("[data-words]");
  const take = box.querySelector("[data-take]");
  take.hidden = false;
  take.addEventListener("click", () => {
    input.value = words.textContent;
    show(input, input.parentElement.querySelector("[data-toggle]"), true);
    input.dispatchEvent(new Event("input"));
    input.focus();
  });
  const other = box.querySelector("[data-other]");
  other.addEventListener("click", async (event) => {
    event.preventDefault();
    const response = await fetch(other.href, { headers: { Accept: "application/json" } }).catch(() => null);
    if (response?.ok) words.textContent = (await response.json()).words;
    else window.open(other.href, "_blank", "noopener");
  });
}
