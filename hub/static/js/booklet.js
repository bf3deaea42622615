// Adds to the booklet and the plan: a print button, and words that follow what was changed in place.

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// The words that stand on the page are those of the fields behind "Change" as soon as these are closed again.
function follow(page) {
  const field = page.querySelector('textarea[name=text]');
  const text = page.querySelector('[data-words-text]');
  if (field && text) text.textContent = field.value.trim();
  for (const line of page.querySelectorAll('[data-tick]')) {
    const box = page.querySelector(`input[value="${line.dataset.tick}"]`);
    if (!box) continue;
    line.classList.toggle('is-ticked', box.checked);
    line.querySelector('[data-ticked]').hidden = !box.checked;
  }
}

for (const page of document.querySelectorAll('[data-page]')) {
  page.querySelector('details')?.addEventListener('toggle', (event) => {
    if (!event.target.open) follow(page);
  });
}

// Printing with a field still open: what is printed is what stands in it.
addEventListener('beforeprint', () => document.querySelectorAll('[data-page]').forEach(follow));
