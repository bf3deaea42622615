// Keeps her words while she writes. Nothing is stored on the device: what is not sent is only in the field.
const PAUSE = 1500;
const RETRY = 5000;

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

async function post(url, body) {
  const response = await fetch(url, { method: 'POST', body, headers: { Accept: 'application/json' } });
  return { status: response.status, data: await response.json().catch(() => ({})) };
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector('[data-status]');
    this.changed = false;
    this.sending = null;
    form.addEventListener('input', () => this.later());
    form.addEventListener('submit', (event) => this.submit(event));
  }

  get unsent() {
    return this.changed || this.sending !== null;
  }

  later() {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE);
  }

  submit(event) {
    if (event.submitter?.hasAttribute('data-delete')) {
      this.changed = false;
      this.sending = null;
      clearTimeout(this.timer);
      return;
    }
    event.preventDefault();
    clearTimeout(this.timer);
    this.changed = true;
    this.send();
  }

  // One write is on its way at a time, and it is repeated unchanged until it is answered: so a lost answer doubles nothing.
  async send() {
    if (this.sending || !this.changed) return;
    this.changed = false;
    this.sending = new FormData(this.form);
    await this.attempt();
  }

  async attempt() {
    if (!this.sending) return;
    try {
      this.answered(await post(this.form.action, this.sending));
    } catch {
      this.say(this.form.dataset.unsent);
      setTimeout(() => this.attempt(), RETRY);
    }
  }

  answered({ status, data }) {
    if (status >= 500 || status === 429) throw new Error(status);
    this.sending = null;
    if (status === 200) {
      this.form.elements.base.value = data.base;
      this.form.elements.client_id.value = newId();
      this.say(data.message);
      if (this.changed) this.later();
      return;
    }
    this.changed = true;
    this.say(status === 401 || status === 403 ? this.form.dataset.signedOut : data.message || this.form.dataset.refused);
  }

  say(text) {
    this.status.textContent = text;
  }
}

const keepers = [...document.querySelectorAll('form[data-autosave]')].map((form) => new Keeper(form));

addEventListener('beforeunload', (event) => {
  if (keepers.some((keeper) => keeper.unsent)) event.preventDefault();
});
