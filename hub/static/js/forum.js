// Adds to the forum's plain forms: preview without leaving the page, and a quote of just the words that are marked.

// Pictures travel once, with the post itself.
function withoutFiles(body) {
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  return body;
}

async function showPreview(form) {
  const box = form.querySelector('[data-preview]');
  const answer = await fetch(form.dataset.previewUrl, {
    method: 'POST',
    body: withoutFiles(new FormData(form)),
    headers: { Accept: 'application/json' },
  });
  if (answer.status !== 200 && answer.status !== 422) throw new Error(String(answer.status));
  const { html, errors, ask } = await answer.json();
  const head = document.createElement('h2');
  head.textContent = box.dataset.heading;
  const body = document.createElement('div');
  body.className = 'post-body prose';
  body.dir = 'auto';
  if (html) body.innerHTML = html; // cleaned by the server, as every post is
  else body.textContent = errors.join(' ');
  box.replaceChildren(head, body);
  if (ask) box.insertAdjacentHTML('beforeend', ask); // whether her words are in another language
}

function markedWords(post) {
  const marked = window.getSelection();
  if (!marked.rangeCount || marked.isCollapsed) return '';
  return post.contains(marked.getRangeAt(0).commonAncestorContainer) ? marked.toString().trim() : '';
}

function quote(link, form) {
  const words = markedWords(link.closest('.post').querySelector('.post-body'));
  if (!words || !form) return false;
  const field = form.elements.body;
  const post = new URL(link.href).searchParams.get('quote');
  const lines = [`#${post}`, ...words.split('\n')].map((line) => `> ${line}`.trimEnd()); // as forums/quotes.py reads it
  field.value = `${field.value}${field.value ? '\n\n' : ''}${lines.join('\n')}\n\n`;
  form.elements.in_reply_to.value = post;
  field.focus();
  return true;
}

const form = document.querySelector('[data-post-form]');

form?.addEventListener('submit', (event) => {
  if (!event.submitter?.matches('[data-preview-button]') || form.dataset.plain) return;
  event.preventDefault();
  const button = event.submitter;
  showPreview(form).catch(() => {
    form.dataset.plain = '1'; // signed out, too many, no line: the plain way says why and keeps the text
    button.click();
  });
});

document.querySelector('[data-posts]')?.addEventListener('click', (event) => {
  const link = event.target.closest('[data-quote]');
  if (link && quote(link, form)) event.preventDefault();
});

// "Keep for me" and "Thank you" without leaving the page; without an answer from the hub the plain form does it.
document.addEventListener('submit', async (event) => {
  const button = event.submitter;
  const marks = button?.closest('[data-marks]');
  if (event.target.id !== 'marks' || !marks) return;
  event.preventDefault();
  const body = new FormData(event.target, button);
  const answer = await fetch(button.formAction, { method: 'POST', body, headers: { Accept: 'application/json' } }).catch(() => null);
  if (answer?.status !== 200) {
    event.target.action = button.formAction;
    event.target.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'on', value: button.value }));
    event.target.submit();
    return;
  }
  const { html } = await answer.json();
  const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-marks]');
  const place = [...marks.querySelectorAll('button')].indexOf(button);
  marks.replaceWith(fresh);
  fresh.querySelectorAll('button')[place].focus();
});

// What she has not sent yet is kept at each pause, so that a closed window loses nothing.
const DRAFT_PAUSE = 3000;
let pause;

async function keepDraft() {
  const body = withoutFiles(new FormData(form));
  body.set('draft', '1');
  const status = form.querySelector('[data-draft-status]');
  const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } }).catch(() => null);
  status.textContent = answer?.status === 200 ? (await answer.json()).message : '';
}

if (form?.hasAttribute('data-draft')) {
  form.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(keepDraft, DRAFT_PAUSE);
  });
  form.addEventListener('submit', () => clearTimeout(pause));
}

// A small toolbar: each button puts its marks around the words that are marked in the field.
function putMarks(button) {
  const field = form.elements.body;
  const { selectionStart: start, selectionEnd: end, value } = field;
  const { before = '', after = '', line = '' } = button.dataset;
  const words = value.slice(start, end);
  const atLine = line && start > 0 && value[start - 1] !== '\n' ? '\n' : '';
  const marked = line ? atLine + (words || '').split('\n').map((text) => line + text).join('\n') : before + words + after;
  field.setRangeText(marked, start, end, 'end');
  if (!words && after) field.setSelectionRange(start + before.length, start + before.length);
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

form?.querySelector('[data-toolbar]')?.removeAttribute('hidden');
form?.addEventListener('click', (event) => {
  const button = event.target.closest('[data-toolbar] button');
  if (button) putMarks(button);
});
