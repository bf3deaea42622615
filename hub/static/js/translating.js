// The translator's desk: saves one part at a time, takes over a text with one press, goes to the next open part, renews the preview.
// Without this file every button sends the whole form, which saves all that was typed.

const form = document.querySelector('[data-translate-form]');
const preview = document.querySelector('[data-translate-preview]');
const status = form.querySelector('[data-translate-status]');
const fieldOf = (card) => card.querySelector('textarea');
const isTyped = (card) => fieldOf(card).value !== fieldOf(card).defaultValue;
let leaving = false;

function dress(root) {
  for (const button of root.querySelectorAll('[data-use]')) button.hidden = fieldOf(button.closest('[data-part]')).readOnly;
}

function say(words) {
  status.textContent = words;
}

function note(card, words) {
  card.querySelector('[data-note]').textContent = words;
}

// Only what belongs to this part goes out; other fields keep what is typed in them.
async function send(card, address) {
  const body = new FormData();
  body.set('part', card.dataset.part);
  for (const field of card.querySelectorAll('textarea, input[type="hidden"]')) body.set(field.name, field.value);
  body.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
  card.setAttribute('aria-busy', 'true');
  const answer = await fetch(address, { method: 'POST', body, headers: { Accept: 'application/json' } }).catch(() => null);
  card.removeAttribute('aria-busy');
  const isOurs = answer && [200, 422].includes(answer.status) && answer.headers.get('Content-Type')?.startsWith('application/json');
  return isOurs ? answer.json().catch(() => null) : null;
}

function put(card, html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-part]'); // our own template
  const link = card.querySelector('[data-next]');
  card.replaceWith(fresh);
  if (link && !fresh.querySelector('[data-next]')) fresh.querySelector('.translate-card-buttons').append(' ', link);
  dress(fresh);
  return fresh;
}

function count(counts) {
  for (const place of document.querySelectorAll('[data-count]')) place.textContent = counts[place.dataset.count];
}

function renewPreview() {
  const frame = preview.querySelector('iframe');
  if (preview.open) frame.contentWindow.location.reload();
}

async function save(card) {
  const typed = fieldOf(card).value;
  const found = await send(card, form.action);
  if (!found) {
    note(card, form.dataset.failed);
    say(form.dataset.failed);
    return null;
  }
  const later = fieldOf(card).value; // typed while the answer was on its way
  const fresh = put(card, found.html);
  if (later !== typed) fieldOf(fresh).value = later;
  if (!found.refused) fieldOf(fresh).defaultValue = typed;
  count(found.counts);
  say(found.refused ? form.dataset.refused : form.dataset.saved);
  if (found.saved) renewPreview();
  return { card: fresh, isFine: !found.refused };
}

function nextOpen(card) {
  const cards = [...form.querySelectorAll('[data-part]')];
  const open = (one) => !one.classList.contains('translate-card--done');
  return cards.slice(cards.indexOf(card) + 1).find(open) ?? cards.find((one) => one !== card && open(one));
}

function goTo(card) {
  card.scrollIntoView({ block: 'start' });
  fieldOf(card).focus({ preventScroll: true });
}

async function saveAndGo(card) {
  const done = await save(card);
  if (!done) return;
  const next = done.isFine && nextOpen(done.card);
  if (next) goTo(next);
  else fieldOf(done.card).focus();
}

async function suggest(card, button) {
  button.disabled = true;
  const typed = fieldOf(card).value;
  const found = await send(card, button.formAction);
  button.disabled = false;
  if (!found) {
    note(card, form.dataset.failed);
    return;
  }
  const fresh = put(card, found.html);
  fieldOf(fresh).value = typed;
  note(fresh, found.said);
  say(found.said);
  fieldOf(fresh).focus();
}

function use(button) {
  const card = button.closest('[data-part]');
  const field = fieldOf(card);
  field.value = button.dataset.use;
  field.focus();
  note(card, form.dataset.unsaved);
}

form.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  const card = event.target.closest('[data-part]');
  if (button?.matches('[data-use]')) use(button);
  if (button?.matches('[data-save]')) {
    event.preventDefault();
    save(card).then((done) => done && fieldOf(done.card).focus());
  }
  if (button?.matches('[data-suggest]')) {
    event.preventDefault();
    suggest(card, button);
  }
  const link = event.target.closest('[data-next]');
  if (link) {
    event.preventDefault();
    const next = nextOpen(card);
    if (next) goTo(next);
  }
  const see = event.target.closest('[data-see]');
  if (see && preview.open && preview.offsetParent) {
    event.preventDefault();
    preview.querySelector('iframe').contentWindow.location.replace(see.href);
  }
});

form.addEventListener('input', (event) => {
  const card = event.target.closest('[data-part]');
  if (card) note(card, isTyped(card) ? form.dataset.unsaved : '');
});

form.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !event.target.matches('textarea')) return;
  event.preventDefault();
  saveAndGo(event.target.closest('[data-part]'));
});

form.addEventListener('submit', () => {
  leaving = true;
});

addEventListener('beforeunload', (event) => {
  if (!leaving && [...form.querySelectorAll('[data-part]')].some(isTyped)) event.preventDefault();
});

document.querySelector('[data-translate-keys]').hidden = false;
preview.open = matchMedia('(min-width: 75em)').matches;
dress(form);
const wanted = form.querySelector('textarea[autofocus]');
if (wanted) goTo(wanted.closest('[data-part]'));
