// A post that is not sent yet also waits on her device, where she said that it is only hers: a tunnel or a closed window loses nothing.
// It goes when the post is sent, when she empties the field, and with everything else when she signs out.

const { account, own } = document.querySelector('script[data-queue]')?.dataset ?? {};
const form = document.querySelector('[data-post-form][data-draft]');
const key = `draft:${account}:${form && new URL(form.action).pathname}`;
const TEXTS = ['title', 'body'];
const fields = () => TEXTS.map((name) => form.elements[name]).filter(Boolean);

function kept() {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function keep() {
  const texts = Object.fromEntries(fields().map((field) => [field.name, field.value]));
  try {
    if (Object.values(texts).some((text) => text.trim())) localStorage.setItem(key, JSON.stringify(texts));
    else localStorage.removeItem(key);
  } catch {
    // no room, or none allowed: the hub keeps the draft
  }
}

function putBack(texts) {
  const empty = fields().filter((field) => !field.value && texts[field.name]);
  for (const field of empty) field.value = texts[field.name];
  if (empty.length) form.querySelector('[data-draft-status]')?.replaceChildren(form.dataset.putBack);
}

// Whether the hub has taken the post. After a reply it leads to its place; after a new thread to the thread, where the form is another.
function wasSent(sent) {
  const onThread = sent?.endsWith('/new/') && key !== sent && key.startsWith(sent.slice(0, -'new/'.length));
  return onThread || (sent === key && location.hash.startsWith('#post-'));
}

if (form && account && own) {
  const sent = sessionStorage.getItem('draft-sent');
  sessionStorage.removeItem('draft-sent');
  if (wasSent(sent)) localStorage.removeItem(sent);
  putBack(kept());
  form.addEventListener('input', keep);
  form.addEventListener('submit', ({ submitter }) => {
    if (submitter?.hasAttribute('data-discard')) localStorage.removeItem(key);
    else if (!['draft', 'preview'].includes(submitter?.name)) sessionStorage.setItem('draft-sent', key);
  });
  form.addEventListener('sent', () => localStorage.removeItem(key));
}
