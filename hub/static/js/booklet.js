// Adds to the booklet and the plan: a print button, words that follow what was changed in place, and a device that forgets too.

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

// Emptying: the device forgets first what waits there for these lessons. The ids go along, so that a late copy is not kept.
async function forget(form) {
  const { account, own, queue } = document.querySelector('script[data-queue]').dataset;
  const { Outbox } = await import(queue);
  const outbox = await Outbox.open(account ?? '', own === '1');
  const lessons = form.dataset.forget.trim().split(' ');
  for (const box of [outbox, outbox.left]) {
    const entries = ((await box?.all()) ?? []).filter(({ url }) => lessons.some((key) => url.includes(key)));
    await box?.drop(...entries.map(({ id }) => id));
    for (const { id: value } of entries) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'unsent', value }));
  }
}

document.querySelector('form[data-forget]')?.addEventListener('submit', async (event) => {
  const form = event.target;
  if (form.dataset.forgotten) return;
  event.preventDefault();
  form.dataset.forgotten = '1';
  await forget(form).catch(() => null);
  form.requestSubmit(event.submitter);
});
