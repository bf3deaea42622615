// A question is checked without leaving the page; without an answer from the hub the form is sent as usual.
async function check(form) {
  const response = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' } });
  return { status: response.status, data: await response.json().catch(() => ({})) };
}

document.addEventListener('submit', async (event) => {
  const form = event.target.closest('form[data-check]');
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const part = form.closest('.part');
  const { status, data } = await check(form).catch(() => ({}));
  if (!data?.html) return form.submit();
  const fresh = new DOMParser().parseFromString(data.html, 'text/html').querySelector('.part');
  const hint = fresh.querySelector('.hint');
  if (hint) hint.open = part.querySelector('.hint').open;
  part.replaceWith(fresh);
  if (data.quiz) document.getElementById(`s-${data.quiz}`).textContent = data.said;
  fresh.querySelector(status === 200 ? '.result' : 'input:not([type=hidden]), select').focus();
});

// What she chooses now stands at once beside what she chose before.
document.addEventListener('change', (event) => {
  const now = event.target.closest('.part')?.querySelector(`[data-now="${CSS.escape(event.target.name)}"]`);
  if (now) now.textContent = event.target.closest('label').textContent.trim();
});
