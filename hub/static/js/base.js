// On every page: leave fast, close open menus, bring a form's error summary into view. All of it works without this file too.

const link = document.querySelector('[data-leave]');

// replace() takes this page out of the history, so that "back" does not lead to it.
function leave(event) {
  event?.preventDefault();
  document.documentElement.hidden = true;
  location.replace(link.href);
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
