// On every page: leave fast, close open menus, bring a form's error summary into view, send words that wait on her device.
// All of it works without this file too, but for the last, which nothing needs where no script ever kept a word.

const link = document.querySelector('[data-leave]');

// replace() takes this page out of the history, so that "back" does not lead to it.
function leave(event) {
  event?.preventDefault();
  document.documentElement.hidden = true;
  const unsent = []; // promises of what this page still sends: a moment is left for it, in which nothing is to be seen
  document.dispatchEvent(new CustomEvent('hub:leaving', { detail: unsent }));
  const moment = new Promise((resolve) => setTimeout(resolve, 400));
  Promise.race([Promise.allSettled(unsent), moment]).then(() => location.replace(link.href));
}

function watchEscape() {
  let presses = [];
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') {
      presses = [];
      return;
    }
    const now = performance.now();
    presses = [...presses.filter((time) => now - time < 2000), now];
    if (presses.length >= 3) leave();
  });
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll('details[data-menu][open]')) {
    if (event.type === 'click' && menu.contains(event.target)) continue;
    if (event.type === 'keydown' && event.key !== 'Escape') continue;
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
    menu.open = false;
  }
}

if (link) {
  link.addEventListener('click', leave);
  watchEscape();
}
addEventListener('click', closeMenus);
addEventListener('keydown', closeMenus);
document.querySelector('[data-error-summary]')?.focus();

const { queue, terms } = document.querySelector('script[data-queue]')?.dataset ?? {};
const waits = () => {
  try {
    return queue && localStorage.getItem('waiting');
  } catch {
    return false;
  }
};

if (waits() && !document.querySelector('form[data-autosave]')) {
  import(queue).then(({ replay, watch }) => {
    replay();
    watch(replay);
  });
}
if (terms && document.querySelector('[data-word-list]')) import(terms);

document.querySelector('form[data-sign-out]')?.addEventListener('submit', (event) => {
  if (!waits()) return;
  event.preventDefault();
  import(queue).then(({ signOut }) => signOut(event.target), () => event.target.submit());
});
