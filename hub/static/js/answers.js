// Keeps her words while she writes: at each short pause on her own device, at each longer one on the hub.
const PAUSE_DEVICE = 300;
const PAUSE_HUB = 1500;
const AGAIN = 4000;
const OURS = new Set(['client_id', 'base', 'csrfmiddlewaretoken', 'unsent']);

const { account, own, queue } = document.querySelector('script[data-queue]').dataset;
const { Outbox, flush, newId, pause, send, watch } = await import(queue);
const outbox = await Outbox.open(account ?? '', own === '1');

// One part of a lesson. `draft` is what she writes now; what is in `sending` is on its way and changes no more.
class Keeper {
  constructor(form) {
    this.form = form;
    this.url = new URL(form.action).pathname;
    this.status = form.querySelector('[data-status]');
    this.sendNow = form.querySelector('[data-send-now]');
    this.signIn = form.querySelector('[data-sign-in]');
    this.head = form.elements.base.value;
    this.draft = null;
    this.sending = [];
    this.tries = 0;
    this.shown = JSON.stringify(this.fields());
    form.addEventListener('input', () => this.later());
    form.dataset.watched = ''; // what is typed from now on is kept
    form.addEventListener('submit', (event) => this.submit(event));
    this.sendNow?.addEventListener('click', () => this.send());
    if (this.signIn) this.signIn.search = new URLSearchParams({ next: location.pathname });
    if (this.signIn && !outbox.persistent) this.signIn.target = '_blank';
  }

  get unsent() {
    return Boolean(this.draft || this.sending.length || this.refused || JSON.stringify(this.fields()) !== this.shown);
  }

  fields() {
    return [...new FormData(this.form)].filter(([name]) => !OURS.has(name));
  }

  later() {
    clearTimeout(this.soon);
    clearTimeout(this.timer);
    this.soon = setTimeout(() => this.capture(), PAUSE_DEVICE);
    this.timer = setTimeout(() => this.send(), PAUSE_HUB);
  }

  capture(always = false) {
    clearTimeout(this.soon);
    const fields = this.fields();
    const shown = JSON.stringify(fields);
    if (shown === this.shown && !always) return;
    this.shown = shown;
    if (this.refused) outbox.drop(this.refused);
    this.refused = null;
    this.draft ??= { id: newId(this.head), base: this.head, url: this.url };
    this.draft.fields = fields;
    this.kept = outbox.put(this.draft);
  }

  freeze() {
    this.capture();
    if (!this.draft) return;
    this.sending.push(this.draft);
    this.head = this.draft.id;
    this.draft = null;
  }

  // One write is on its way at a time, and it is repeated unchanged until it is answered: so a lost answer doubles nothing.
  send() {
    clearTimeout(this.timer);
    this.freeze();
    this.running ??= this.sendOn().finally(() => (this.running = null));
    return this.running;
  }

  async sendOn() {
    await this.kept;
    while (this.sending.length && (await this.attempt(this.sending[0])));
  }

  async attempt(entry) {
    const { result, data } = await send(entry, outbox.account);
    if (this.sending[0] !== entry) return false; // deleted meanwhile
    if (result === 'later') return this.wait();
    if (result === 'signedOut') return this.say(outbox.persistent ? 'signInFirst' : 'signedOut', this.signIn);
    if (result === 'sent') await this.sent(entry, data);
    else await this.refuse(entry, data);
    return true;
  }

  wait() {
    this.say(outbox.persistent ? 'onDevice' : 'waiting', this.sendNow);
    this.timer = setTimeout(() => this.send(), pause(this.tries++));
  }

  async sent(entry, data) {
    this.sending.shift();
    this.tries = 0;
    await outbox.drop(entry.id);
    for (const next of [...this.sending, this.draft]) if (next?.base === entry.id) next.base = data.base;
    if (this.head === entry.id) this.head = data.base;
    this.form.elements.base.value = this.head;
    this.form.elements.client_id.value = newId(this.head);
    this.tell(data.message);
    const beside = this.form.parentElement.querySelector('[data-beside]');
    if (beside && !entry.quiet) beside.replaceChildren(...new DOMParser().parseFromString(data.beside, 'text/html').body.childNodes);
  }

  // Not repeated before she has changed it. What was to follow it follows what is kept instead.
  async refuse(entry, data) {
    const refused = data.message || this.form.dataset.refused;
    this.sending.shift();
    if (this.head === entry.id) this.head = entry.base;
    for (const next of [...this.sending, this.draft]) if (next?.base === entry.id) next.base = entry.base;
    this.refused = entry.id;
    await outbox.put({ ...entry, refused });
    this.tell(refused);
  }

  submit(event) {
    if (event.submitter?.hasAttribute('data-delete')) return this.delete(event);
    event.preventDefault();
    this.capture(this.refused || !(this.head || this.draft));
    this.send();
  }

  // The device forgets first. The ids of what is on its way go along, so that the hub does not keep it when it comes late.
  async delete(event) {
    if (this.deleted) return;
    event.preventDefault();
    this.deleted = true;
    clearTimeout(this.soon);
    clearTimeout(this.timer);
    const waiting = (await outbox.all()).filter((entry) => entry.url === this.url).map((entry) => entry.id);
    const ids = new Set([...waiting, ...this.sending.map((entry) => entry.id), ...(this.draft ? [this.draft.id] : [])]);
    this.sending = [];
    this.draft = null;
    await outbox.drop(...ids);
    for (const value of ids) this.form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'unsent', value }));
    this.form.requestSubmit(event.submitter);
  }

  // What a page that lives no more left unsent stands in her field again, unless something newer does.
  async adopt(entries) {
    const last = entries.at(-1);
    const newest = last.id > this.head;
    if (newest) this.fill(last.fields);
    for (const entry of entries) {
      if (entry.refused) {
        this.refused = entry.id;
        this.tell(entry.refused);
      } else {
        this.sending.push({ ...entry, quiet: !newest });
        if (newest) this.head = entry.id;
      }
      await outbox.put(entry);
    }
    if (this.sending.length) this.say('onDevice');
    this.send();
  }

  fill(fields) {
    for (const input of this.form.elements) {
      if (OURS.has(input.name) || !input.name) continue;
      const values = fields.filter(([name]) => name === input.name).map(([, value]) => value);
      if (input.type === 'checkbox' || input.type === 'radio') input.checked = values.includes(input.value);
      else input.value = values[0] ?? '';
    }
    this.shown = JSON.stringify(this.fields());
  }

  say(name, button) {
    this.tell(this.form.dataset[name], button);
  }

  tell(text, button) {
    if (this.status.textContent !== text) this.status.textContent = text;
    for (const each of [this.sendNow, this.signIn]) if (each) each.hidden = each !== button;
  }
}

const keepers = [...document.querySelectorAll('form[data-autosave]')].map((form) => new Keeper(form));

function sendAll() {
  return Promise.all(keepers.filter((keeper) => keeper.unsent).map((keeper) => keeper.send()));
}

// What pages that live no more left unsent: for a part of this lesson into its field, everything to the hub.
async function takeUp() {
  const left = outbox.left ?? outbox;
  const orphans = await left.orphans();
  for (const keeper of keepers) {
    const hers = orphans.filter((entry) => entry.url === keeper.url);
    if (hers.length && (outbox.persistent || hers.at(-1).refused)) await keeper.adopt(hers);
  }
  await flush(left);
  await outbox.left?.dropRefused();
}

takeUp();
setTimeout(takeUp, AGAIN); // a page that was just closed may have been taken for a living one
watch(() => sendAll());
// Hidden is the last that a phone tells us before it may end the page.
document.addEventListener('visibilitychange', () => document.hidden && sendAll());
addEventListener('pagehide', () => {
  for (const keeper of keepers) keeper.freeze();
  outbox.release();
});
addEventListener('pageshow', (event) => event.persisted && sendAll());
document.addEventListener('hub:leaving', (event) => event.detail.push(sendAll()));
addEventListener('beforeunload', (event) => {
  const leaving = document.documentElement.hidden; // a question would keep her on the page that she wants to leave at once
  if (!leaving && !outbox.persistent && keepers.some((keeper) => keeper.unsent)) event.preventDefault();
});
