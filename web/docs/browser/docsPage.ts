// The script of every page of the documentation. It is loaded before the page, which is shown without it as well.
import { addCopyButtons } from './copyButtons.ts';
import { offerContents } from './contentsButton.ts';
import { offerSearch } from './searchBox.ts';
import './docs.css';

followTheme();

document.addEventListener('DOMContentLoaded', () => {
  offerContents();
  offerSearch();
  addCopyButtons();
  makeScrollersFocusable();
});

/** What is wider than the page scrolls, also with the keyboard. */
function makeScrollersFocusable(): void {
  const follow = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  for (const each of document.querySelectorAll('.prose-table, .prose-code')) follow.observe(each);
}

/** The theme that was chosen in the console, else the system's; both are followed. */
function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => {
    const chosen = chosenTheme() ?? (dark.matches ? 'dark' : 'light');
    document.documentElement.dataset['theme'] = chosen;
  };
  show();
  dark.addEventListener('change', show);
  window.addEventListener('storage', show);
}

/** What the console keeps in this browser. @returns undefined for the system's. */
function chosenTheme(): 'light' | 'dark' | undefined {
  try {
    const [, theme] =
      /"theme":"(light|dark)"/.exec(localStorage.getItem('seshdeck.settings') ?? '') ?? [];
    return theme === 'light' || theme === 'dark' ? theme : undefined;
  } catch {
    return undefined; // Storage is blocked.
  }
}
