// While she types @, the names of those who wrote on this page are offered. They are read from the page: nothing is looked up.

const MOST = 6;
const form = document.querySelector('[data-post-form]');
let chosen = -1;

const list = () => form.querySelector('[data-mentions]');
const field = () => form.elements.body;
const options = () => [...list().children];

function names() {
  const found = [...document.querySelectorAll('[data-posts] [data-alias]')].map((name) => name.textContent.trim());
  return [...new Set(found)];
}

const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

// The words from the last @ before the caret on, if they may be a name.
function begun() {
  const { value, selectionStart: caret } = field();
  const found = /(?:^|[^\p{L}\p{N}])@([^@\n]{0,40})$/u.exec(value.slice(0, caret));
  return found && { start: caret - found[1].length - 1, end: caret, words: plain(found[1]) };
}

function close() {
  list().hidden = true;
  list().replaceChildren();
  field().removeAttribute('aria-activedescendant');
  chosen = -1;
}

function choose(index) {
  chosen = index;
  options().forEach((option, place) => option.setAttribute('aria-selected', String(place === index)));
  field().setAttribute('aria-activedescendant', `mention-${index}`);
}

function offer() {
  const typed = begun();
  const fit = typed ? names().filter((name) => plain(name).startsWith(typed.words)).slice(0, MOST) : [];
  if (!fit.length) return close();
  list().replaceChildren(...fit.map((name, index) => {
    const option = Object.assign(document.createElement('li'), { id: `mention-${index}`, textContent: name, dir: 'auto' });
    option.setAttribute('role', 'option');
    return option;
  }));
  list().hidden = false;
  field().setAttribute('aria-controls', 'mention-list');
  choose(0);
}

// A name that begins with a sign, or has many words, is put in brackets, as forums/mentions.py reads it.
function put(name) {
  const typed = begun();
  const words = /^[\p{L}\p{N}]/u.test(name) && name.split(/[^\p{L}\p{N}]+/u).length <= 6 ? `@${name}` : `@[${name}]`;
  if (typed) field().setRangeText(`${words} `, typed.start, typed.end, 'end');
  close();
  field().focus();
  field().dispatchEvent(new Event('change', { bubbles: true }));
}

const KEYS = {
  ArrowDown: () => choose((chosen + 1) % options().length),
  ArrowUp: () => choose((chosen - 1 + options().length) % options().length),
  Enter: () => put(options()[chosen].textContent),
  Tab: () => put(options()[chosen].textContent),
  Escape: close,
};

if (form && document.querySelector('[data-posts]')) {
  form.addEventListener('input', (event) => event.target === field() && offer());
  form.addEventListener('keydown', (event) => {
    if (event.target !== field() || list().hidden || !(event.key in KEYS) || event.shiftKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  form.addEventListener('focusout', (event) => event.target === field() && setTimeout(close, 200));
  form.addEventListener('pointerdown', (event) => {
    const option = event.target.closest('[data-mentions] li');
    if (!option) return;
    event.preventDefault();
    put(option.textContent);
  });
}
