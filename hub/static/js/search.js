// Suggestions while she types. Without this, the form works as it stands.
const form = document.querySelector('form[data-suggest]');
const field = form.querySelector('input[type=search]');
const list = form.querySelector('[role=listbox]');
let waiting;
let newest = 0;

Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': (list.id = 'suggestions') })
  .forEach(([name, value]) => field.setAttribute(name, value));

function show(found) {
  list.replaceChildren(...found.map(({ title, path }, number) => {
    const line = Object.assign(document.createElement('li'), { id: `suggestion-${number}`, textContent: title });
    line.setAttribute('role', 'option');
    line.setAttribute('aria-selected', 'false');
    line.dataset.path = path;
    return line;
  }));
  list.hidden = !found.length;
  field.setAttribute('aria-expanded', String(!list.hidden));
  field.removeAttribute('aria-activedescendant');
}

async function ask() {
  const text = field.value.trim();
  const mine = ++newest;
  if (text.length < 2) return show([]);
  try {
    const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: text })}`);
    const { found } = answer.ok ? await answer.json() : { found: [] };
    if (mine === newest) show(found);
  } catch {
    show([]); // no line: the form itself says so when it is sent
  }
}

function choose(step) {
  const lines = [...list.children];
  const at = lines.findIndex((line) => line.getAttribute('aria-selected') === 'true');
  const next = lines[(at + step + lines.length + (at < 0 && step < 0 ? 1 : 0)) % lines.length];
  lines.forEach((line) => line.setAttribute('aria-selected', String(line === next)));
  field.setAttribute('aria-activedescendant', next.id);
}

field.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 150);
});
field.addEventListener('keydown', (event) => {
  if (list.hidden) return;
  const chosen = list.querySelector('[aria-selected=true]');
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    choose(event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
  } else if (event.key === 'Enter' && chosen) {
    location.assign(chosen.dataset.path);
    event.preventDefault();
  } else if (event.key === 'Escape') {
    show([]);
    event.preventDefault(); // a browser would empty the field; three presses still leave the page
  }
});
list.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
list.addEventListener('click', (event) => {
  const line = event.target.closest('[data-path]');
  if (line) location.assign(line.dataset.path);
});
field.addEventListener('blur', () => show([]));
