// The script of every page of the documentation. It is loaded before the page, which is shown without it as well.
import { addCopyButtons } from './copyButtons.ts';
import { offerContents } from './contentsButton.ts';
import { offerSearch } from './searchBox.ts';
import { followTheme } from './theme.ts';
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
