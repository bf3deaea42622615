// "Report" opens its form below the post, and sends it from there; without an answer from the hub the plain page does it.

const posts = document.querySelector('[data-posts]');
const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

function shut(place) {
  const link = place.closest('.post').querySelector('[data-report]');
  place.remove();
  link.focus();
}

// The form of a page of the hub, with its errors, under the post it is about.
function show(place, page, address) {
  const form = page.querySelector('main form.form');
  form.action = address;
  form.querySelector('.actions a')?.addEventListener('click', (event) => {
    event.preventDefault();
    shut(place);
  });
  const said = page.querySelectorAll('main [data-error-summary], main .notice--caution');
  place.replaceChildren(page.querySelector('main .lead'), ...said, form);
  (place.querySelector('[data-error-summary], .notice--caution') ?? form.querySelector('input[type=radio]')).focus();
}

async function open(link) {
  const answer = await fetch(link.href);
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  document.querySelector('[data-report-place]')?.remove();
  const place = document.createElement('section');
  place.dataset.reportPlace = '';
  place.className = 'report-place';
  place.setAttribute('aria-label', link.textContent);
  link.closest('.post').append(place);
  show(place, parse(await answer.text()), link.href);
}

async function send(form) {
  const place = form.closest('[data-report-place]');
  const answer = await fetch(form.action, { method: 'POST', body: new FormData(form) });
  const page = parse(await answer.text());
  if (!answer.redirected) {
    if (!page.querySelector('main form.form [name=reason]')) throw new Error(String(answer.status));
    return show(place, page, form.action);
  }
  const thanks = Object.assign(document.createElement('p'), { className: 'notice notice--good', tabIndex: -1 });
  thanks.setAttribute('role', 'status');
  thanks.textContent = page.querySelector('.messages')?.textContent.trim() ?? '';
  place.replaceWith(thanks);
  return thanks.focus();
}

posts?.addEventListener('click', (event) => {
  const link = event.target.closest('[data-report]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link).catch(() => location.assign(link.href));
});

posts?.addEventListener('submit', (event) => {
  if (!event.target.closest('[data-report-place]') || event.target.dataset.plain) return;
  event.preventDefault();
  send(event.target).catch(() => {
    event.target.dataset.plain = '1';
    event.target.requestSubmit();
  });
});
