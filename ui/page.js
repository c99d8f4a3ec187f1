// The page's language, the reader beside the answers or over the page, copying. Runs before anything else of the page.
(() => {
  const chosen = localStorage.getItem('clausewise-language');
  const language = chosen || (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  Object.defineProperty(navigator, 'language', {get: () => language});
  Object.defineProperty(navigator, 'languages', {get: () => [language]});
  document.documentElement.lang = language;
  document.documentElement.dataset.language = language.slice(0, 2);
})();

const page = {
  // The name of this browser's conversation: only who knows it is shown it, after a reload too.
  key() {
    let key = localStorage.getItem('clausewise-conversation');
    if (!key) {
      key = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
      localStorage.setItem('clausewise-conversation', key);
    }
    return key;
  },
  // Shows the source that a chip names: in the pane where there is room for it, else over the page.
  open(chip) {
    const source = document.getElementById(chip.dataset.open);
    if (!source) return;
    const pane = document.getElementById('pane'), drawer = document.getElementById('drawer');
    const docked = pane.offsetParent && !pane.contains(chip) && chip.closest('#conversation');
    const shown = source.cloneNode(true);
    shown.hidden = false;
    shown.removeAttribute('id');
    (docked ? pane : drawer.lastElementChild).replaceChildren(shown);
    document.querySelectorAll('[data-open][aria-current]').forEach(one => one.removeAttribute('aria-current'));
    chip.setAttribute('aria-current', 'true');
    if (!docked && !drawer.open) drawer.showModal();
    const text = shown.querySelector('.text');
    const place = text.querySelector('mark') || text.querySelector('.clause');
    text.scrollTop += place.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 4;
  },
  async copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {  // over plain HTTP from another machine there is no clipboard to write to
      const area = document.createElement('textarea');
      area.value = button.dataset.copy;
      button.after(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), 1500);
  },
  // More of the conversation: its end is in view, and the pane shows the first source of an answer that is new.
  answered(element) {
    const last = [...element.querySelectorAll('.turn')].pop();
    const pane = document.getElementById('pane');
    page.hint ??= pane.innerHTML;
    if (!last) {
      pane.innerHTML = page.hint;
      return;
    }
    const busy = last.querySelector('.busy');
    const chip = last.querySelector('.sources .chip');
    if (busy || page.last !== last.id) last.scrollIntoView({block: 'nearest'});
    if (!busy) page.last = last.id;
    if (page.shown === last.id) return;
    if (chip && pane.offsetParent) page.open(chip);
    else pane.innerHTML = page.hint;
    if (chip || !busy) page.shown = last.id;
  },
};

document.addEventListener('click', event => {
  const on = name => event.target.closest && event.target.closest(`[data-${name}]`);
  const chip = on('open'), copier = on('copy'), language = on('set-language');
  if (chip) page.open(chip);
  if (copier) page.copy(copier);
  if (event.target.id === 'drawer') event.target.close();
  if (language) {
    localStorage.setItem('clausewise-language', language.dataset.setLanguage);
    location.reload();
  }
});
