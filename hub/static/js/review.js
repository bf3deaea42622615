// The moderators' lists by keyboard. A letter does something only while a card, or something in it, has the focus.

const list = document.querySelector('[data-review]');
const cards = list ? [...list.children] : [];

function goTo(card) {
  card?.focus();
  card?.scrollIntoView({ block: 'nearest' });
}

list?.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, textarea, select')) return;
  const key = event.key.toLowerCase();
  const place = cards.indexOf(event.target.closest('[data-review] > *'));
  if (key === 'j' || key === 'k') goTo(cards[place + (key === 'j' ? 1 : -1)]);
  else if ('lhe'.includes(key) && key.length === 1) cards[place]?.querySelector(`[data-key="${key}"]`)?.click();
  else return;
  event.preventDefault();
});

if (list) {
  document.querySelector('[data-review-keys]').hidden = false;
  if (location.hash === '#review' || matchMedia('(pointer: fine)').matches) goTo(cards[0]);
}
