// A translated post below its original, without leaving the page; without an answer the plain form asks again.

document.addEventListener('submit', async (event) => {
  const button = event.submitter;
  if (!button?.matches('[data-translate]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const post = button.closest('.post');
  const body = new FormData(event.target);
  button.disabled = true;
  const answer = await fetch(button.formAction, { method: 'POST', body, headers: { Accept: 'application/json' } }).catch(() => null);
  button.disabled = false;
  if (![200, 429, 503].includes(answer?.status)) {
    event.target.action = button.formAction;
    event.target.submit();
    return;
  }
  const { html } = await answer.json();
  const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-translation]'); // cleaned by the server
  fresh.tabIndex = -1;
  post.querySelector('[data-translation]')?.remove();
  post.querySelector('.post-body').after(fresh);
  fresh.focus();
}, true);
