// A term opens its meaning beside the word. Without this file its link leads to the list of words at the end of the page.

const list = document.querySelector('[data-word-list]');
let note;
let opener;

function make() {
  note = document.createElement('span');
  note.className = 'word-note';
  note.id = 'word-note';
  note.popover = 'auto'; // Escape and a tap elsewhere close it, and one opens at a time: the browser's own doing
  note.tabIndex = -1;
  note.setAttribute('role', 'dialog');
  note.setAttribute('aria-labelledby', 'word-note-term');
  note.setAttribute('aria-describedby', 'word-note-meaning');
  note.addEventListener('beforetoggle', ({ newState }) => newState === 'closed' && closed());
  note.addEventListener('click', ({ target }) => target.closest('button') && note.hidePopover());
}

function part(tag, id, from) {
  const element = document.createElement(tag);
  element.id = id;
  if (from.lang) element.lang = from.lang;
  element.innerText = from.innerText;
  return element;
}

function fill(entry) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button--small';
  button.textContent = list.dataset.close;
  const term = part('strong', 'word-note-term', entry.querySelector('dt'));
  const meaning = part('span', 'word-note-meaning', entry.querySelector('dd'));
  const row = document.createElement('span');
  row.className = 'word-note-row';
  row.append(button);
  note.replaceChildren(term, meaning, row);
}

// Below the word, or above it where there is no room; never out of the window.
function place() {
  const word = opener.getClientRects()[0] ?? opener.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const edge = 12;
  const start = document.dir === 'rtl' ? word.right - width : word.left;
  const left = Math.min(Math.max(start, edge), document.documentElement.clientWidth - width - edge);
  const below = word.bottom + 6;
  const above = word.top - height - 6;
  const top = below + height > innerHeight - edge && above > edge ? above : below;
  note.style.left = `${Math.max(left, edge) + scrollX}px`;
  note.style.top = `${top + scrollY}px`;
}

function open(link, entry) {
  if (!note) make();
  if (note.matches(':popover-open')) note.hidePopover();
  opener = link;
  fill(entry);
  link.after(note); // in the order of reading it follows its word
  note.showPopover();
  place();
  link.setAttribute('aria-expanded', 'true');
  note.focus({ preventScroll: true });
}

function closed() {
  const inside = note.contains(document.activeElement) || document.activeElement === document.body;
  opener.setAttribute('aria-expanded', 'false');
  if (inside) opener.focus({ preventScroll: true });
}

function entryOf(link) {
  return document.getElementById(link.hash.slice(1))?.closest('[data-word]');
}

if (list && 'popover' in HTMLElement.prototype) {
  for (const link of document.querySelectorAll('a.term')) {
    if (!entryOf(link)) continue;
    link.setAttribute('aria-haspopup', 'dialog');
    link.setAttribute('aria-expanded', 'false');
    link.removeAttribute('aria-describedby'); // it is read when the note opens
  }
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a.term');
    const entry = link && entryOf(link);
    if (!entry || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link, entry);
  });
  addEventListener('resize', () => note?.matches(':popover-open') && place());
}
