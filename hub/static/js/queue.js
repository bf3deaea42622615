// Words that wait to be sent. On her own device they wait in IndexedDB, anywhere else only in the memory of the page.
// A write carries an id made here and is repeated unchanged until it is answered, so that the hub counts it once.
const FLAG = 'waiting'; // in localStorage: base.js loads this file only where it stands
const FIRST_RETRY = 5000;
const LAST_RETRY = 60000;
const SIGN_OUT_SECONDS = 4;

// As courses/versions.py makes them: ids begin with the time, and a version's id is greater than that of the one it follows.
export function newId(after = '') {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const before = after ? parseInt(after.replaceAll('-', '').slice(0, 12), 16) : 0;
  const time = Math.min(Math.max(Date.now(), before + 1), 2 ** 48 - 1).toString(16).padStart(12, '0');
  const hex = time + [...bytes.slice(6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function pause(tries) {
  return Math.min(FIRST_RETRY * 2 ** tries, LAST_RETRY);
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// She signed out in another window, which wiped the device.
function gone() {}

class Memory {
  entries = new Map();
  async put(entry) {
    this.entries.set(entry.id, { ...entry });
  }
  async drop(ids) {
    for (const id of ids) this.entries.delete(id);
  }
  async all() {
    return [...this.entries.values()];
  }
}

class Device {
  constructor(db) {
    this.db = db;
  }
  static async open() {
    const request = indexedDB.open('hub-waiting', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('words', { keyPath: ['account', 'id'] });
    const db = await done(request);
    db.onversionchange = () => db.close(); // another page signs out
    return new Device(db);
  }
  store(mode = 'readwrite') {
    return this.db.transaction('words', mode, { durability: 'strict' }).objectStore('words');
  }
  async put(entry) {
    localStorage.setItem(FLAG, '1');
    return done(this.store().put(entry));
  }
  async drop(ids, account) {
    const store = this.store();
    await Promise.all(ids.map((id) => done(store.delete([account, id]))));
    if (!(await done(this.store('readonly').count()))) localStorage.removeItem(FLAG);
  }
  async all() {
    return done(this.store('readonly').getAll());
  }
}

// The words of one account. `persistent` says whether they outlive the page.
export class Outbox {
  constructor(account, store) {
    this.account = account;
    this.store = store;
    this.persistent = store instanceof Device;
    this.tab = newId();
  }
  // What an earlier sign-in left on this device is sent, even if she says now that others use it; nothing new is kept then.
  static async open(account, own) {
    const device = own || localStorage.getItem(FLAG) ? await Device.open().catch(() => null) : null;
    const outbox = new Outbox(account, (own && device) || new Memory());
    outbox.left = !own && device ? new Outbox(account, device) : null;
    return outbox;
  }
  async put(entry) {
    this.hold();
    try {
      await this.store.put({ ...entry, account: this.account, tab: this.tab });
    } catch {
      this.persistent = false; // the device is full or forbids it
    }
  }
  async drop(...ids) {
    await this.store.drop(ids, this.account).catch(gone);
    if (!(await this.all()).some((entry) => entry.tab === this.tab)) this.release();
  }
  async dropRefused() {
    await this.drop(...(await this.all()).filter((entry) => entry.refused).map((entry) => entry.id));
  }
  async all() {
    const entries = ((await this.store.all().catch(gone)) ?? []).filter((entry) => entry.account === this.account);
    return entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
  // While this page lives it alone sends what was written in it: other pages see that its lock is held.
  hold() {
    if (this.persistent) this.held ??= navigator.locks?.request(lockName(this.tab), () => new Promise((free) => (this.free = free)));
  }
  release() {
    this.free?.();
    this.free = this.held = null;
  }
  async orphans() {
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    const living = new Set(held.map((lock) => lock.name));
    return (await this.all()).filter((entry) => entry.tab !== this.tab && !living.has(lockName(entry.tab)));
  }
}

function lockName(tab) {
  return `words-${tab}`;
}

function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? '';
}

// The hub's answer as { result, data }: sent, signedOut, gone, refused (for good, until she changes it), or later.
export async function send(entry, account) {
  const body = new FormData();
  for (const [name, value] of [...entry.fields, ['client_id', entry.id], ['base', entry.base]]) body.append(name, value);
  const headers = { Accept: 'application/json', 'X-CSRFToken': token(), 'Hub-Account': account };
  const left = document.hidden || document.documentElement.hidden;
  const keepalive = left && JSON.stringify(entry.fields).length < 15000; // of a page that is left, browsers send no more
  try {
    const response = await fetch(entry.url, { method: 'POST', body, headers, keepalive });
    const data = await response.json().catch(() => ({}));
    return { result: resultOf(response, data), data };
  } catch {
    return { result: 'later', data: {} };
  }
}

// Whatever is not plainly the hub's own answer (a page of the hotel's network, say) means: later.
function resultOf({ status, redirected }, data) {
  if (status === 200 && 'base' in data) return 'sent';
  if (status === 401 || redirected) return 'signedOut';
  if (status === 404) return 'gone';
  return [400, 413, 422].includes(status) ? 'refused' : 'later';
}

// Sends, oldest first, what pages left behind that live no more. Returns what came last, or undefined when there was nothing.
export async function flush(outbox) {
  let result;
  for (const entry of await outbox.orphans()) {
    if (entry.refused) continue;
    const answer = await send(entry, outbox.account);
    result = answer.result;
    if (result === 'sent') await outbox.drop(entry.id);
    else if (result === 'refused' || result === 'gone') await outbox.store.put({ ...entry, refused: answer.data.message || result }).catch(gone);
    else break;
  }
  return result;
}

// On pages that are no lesson ---------------------------------------------------------------------------------

class Bar {
  constructor(html) {
    this.box = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-waiting-bar]');
    this.part = (name) => this.box.querySelector(`[data-${name}]`);
    this.part('send-now').addEventListener('click', () => replay());
    const link = this.part('sign-in-link');
    link.search = new URLSearchParams({ next: location.pathname });
  }
  get shown() {
    return document.contains(this.box);
  }
  say(name, button) {
    if (!this.shown) document.getElementById('main').prepend(this.box);
    this.part('text').textContent = this.box.dataset[name];
    for (const each of ['send-now', 'sign-in-link', 'drop']) this.part(each).hidden = each !== button;
    this.part('words').hidden = button !== 'drop';
  }
  // Words that no lesson takes any more are shown once, to be copied.
  show(entry, drop) {
    this.say('gone', 'drop');
    this.part('words').value = entry.fields.find(([name]) => name === 'text')?.[1] ?? '';
    this.part('drop').onclick = drop;
  }
}

let bar;
let device;
let tries = 0;
let timer;

async function whoIsHere() {
  const response = await fetch(`/${document.documentElement.lang}/kits/record/waiting/`, { headers: { Accept: 'application/json' } });
  return response.json();
}

export async function replay() {
  clearTimeout(timer);
  if (!localStorage.getItem(FLAG)) return;
  const here = await whoIsHere().catch(() => null);
  if (!here) return again();
  bar ??= new Bar(here.bar);
  device ??= await Device.open();
  if (!here.account) return (await device.all().catch(() => [])).some((entry) => !entry.refused) && bar.say('signIn', 'sign-in-link');
  const outbox = new Outbox(here.account, device);
  const result = await flush(outbox);
  if (!here.own) await outbox.dropRefused();
  if (result === 'later') return again(), bar.say('waiting', 'send-now');
  if (result === 'signedOut') return bar.say('signIn', 'sign-in-link');
  if (bar.shown) bar.say('sent');
  await showGone(outbox);
}

async function showGone(outbox) {
  const entry = (await outbox.all()).find(({ refused }) => refused === 'gone');
  if (!entry) return;
  bar.show(entry, async () => {
    await outbox.drop(entry.id);
    bar.box.remove();
    showGone(outbox);
  });
}

function again() {
  timer = setTimeout(replay, pause(tries++));
}

export function watch(act) {
  addEventListener('online', act);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && act());
}

// Signing out wipes the device. What waits is sent first; if that cannot be, she is told before, and decides.
export async function signOut(form) {
  const late = new Promise((resolve) => setTimeout(resolve, SIGN_OUT_SECONDS * 1000, 'later'));
  const here = await Promise.race([whoIsHere().catch(() => null), late]);
  device ??= await Device.open().catch(() => null);
  if (device && here?.account) {
    const outbox = new Outbox(here.account, device);
    await Promise.race([flush(outbox), late]);
    bar ??= new Bar(here.bar);
    if ((await outbox.all()).length && !form.dataset.told) {
      form.dataset.told = '1';
      return bar.say('wiped', 'send-now');
    }
  }
  clearTimeout(timer);
  indexedDB.deleteDatabase('hub-waiting');
  localStorage.removeItem(FLAG);
  form.submit();
}
