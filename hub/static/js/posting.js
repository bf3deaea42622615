// A reply is sent without leaving the thread: the new post comes at its place, and what stops it stands above the form with her words
// kept. Following and the answer that helped work likewise. Whenever the hub does not answer as expected, the plain form does it.

const form = document.querySelector('[data-post-form]');
const posts = document.querySelector('[data-posts]');
const said = document.querySelector('[data-said]');
const notes = document.querySelector('[data-write-notes]');
const json = { Accept: 'application/json' };

const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

function tell(words) {
  said.hidden = !words;
  said.textContent = words;
}

// The form itself stays, since other scripts listen to it; what is in it is new.
function refill(html) {
  const fresh = parse(html).querySelector('form');
  form.replaceChildren(...fresh.children);
  form.querySelector('[data-toolbar]')?.removeAttribute('hidden');
}

function showPosts({ id, posts: html, said: words }) {
  posts.append(...parse(html).body.children);
  const post = document.getElementById(`post-${id}`);
  post.tabIndex = -1;
  post.focus();
  tell(words);
}

function showNotes(html) {
  notes.replaceChildren(...parse(html).body.children);
  (notes.querySelector('[data-error-summary], [data-refused]') ?? notes.firstElementChild)?.scrollIntoView({ block: 'nearest' });
  notes.querySelector('[data-error-summary], [data-refused], button')?.focus();
}

function noLine() {
  const note = Object.assign(document.createElement('p'), { className: 'notice notice--caution', textContent: form.dataset.noLine });
  note.setAttribute('role', 'alert');
  notes.replaceChildren(note);
}

async function send(submitter) {
  const body = new FormData(form, submitter);
  const last = [...posts.querySelectorAll('article.post')].at(-1);
  if (posts.hasAttribute('data-end') && last) body.set('after', last.id.replace('post-', ''));
  const answer = await fetch(form.action, { method: 'POST', body, headers: json }).catch(() => null);
  if (!answer) return noLine();
  const found = await answer.json().catch(() => ({}));
  if (found.url) return location.assign(found.url);
  if (!found.form) throw new Error(String(answer.status));
  refill(found.form);
  showNotes(found.notes ?? '');
  if (!found.posts) return;
  form.dispatchEvent(new Event('sent'));
  showPosts(found);
}

const isSending = (button) => button && !['draft', 'preview'].includes(button.name);

if (form && posts && notes) {
  form.addEventListener('submit', (event) => {
    const { submitter } = event;
    if (!isSending(submitter) || form.dataset.plain) return;
    event.preventDefault();
    if (form.hasAttribute('aria-busy')) return; // a second tap while the first is on its way
    form.setAttribute('aria-busy', 'true');
    tell('');
    send(submitter)
      .catch(() => {
        form.dataset.plain = '1'; // signed out, or a page from before an update: the plain way says why and keeps the text
        form.requestSubmit(submitter);
      })
      .finally(() => form.removeAttribute('aria-busy'));
  });
}

// Switches whose answer is this page anew: only the part they change is taken from it.
const SWITCHES = { follow: 'form.follow', accept: '[data-posts]', block: '[data-posts]' };

function switchOf(target, button) {
  const action = button?.hasAttribute('formaction') ? button.formAction : target.action;
  const name = new URL(action).pathname.split('/').at(-2);
  return name in SWITCHES && document.querySelector(SWITCHES[name]) ? { action, part: SWITCHES[name] } : null;
}

// The same posts again: "first unread" would by now be another place.
function here() {
  const first = posts.querySelector('article.post')?.id.replace('post-', '');
  return new URLSearchParams(location.search).has('unread') && first ? `${location.pathname}?at=${first}` : location.pathname + location.search;
}

async function turn({ action, part }, target, button) {
  const body = new FormData(target, button);
  const sent = await fetch(action, { method: 'POST', body, redirect: 'manual' });
  if (sent.type !== 'opaqueredirect' && !sent.ok) throw new Error(String(sent.status));
  const answer = await fetch(here());
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const page = parse(await answer.text());
  const fresh = page.querySelector(part);
  const old = document.querySelector(part);
  const place = [...old.querySelectorAll('button')].indexOf(button);
  const post = button.closest('article.post')?.id;
  if (old === posts) old.replaceChildren(...fresh.children);
  else old.replaceWith(fresh);
  const words = page.querySelector('.messages')?.textContent.trim();
  if (words) tell(words);
  const back = post ? document.getElementById(post) : fresh.querySelectorAll('button')[place];
  if (back && post) back.tabIndex = -1;
  back?.focus();
}

document.addEventListener('submit', (event) => {
  const button = event.submitter;
  const found = button && posts && said && event.target !== form ? switchOf(event.target, button) : null;
  if (!found || event.target.dataset.plain) return;
  event.preventDefault();
  turn(found, event.target, button).catch(() => {
    event.target.dataset.plain = '1';
    event.target.requestSubmit(button);
  });
});
