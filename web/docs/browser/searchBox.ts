import type { SearchEntry } from '../searchIndex.ts';
import { texts } from '../texts.ts';
import { findEntries, snippetOf, wordsIn } from './findEntries.ts';

/** Most places that are shown. */
const maxShown = 20;

/** Where the build puts the index. */
const indexAddress = '/docs/search.json';

/** Puts the search into the head of the page. Its index is fetched when somebody comes to the field. */
export function offerSearch(): void {
  const place = document.querySelector('[data-search]');
  if (!place) return;
  const field = document.createElement('input');
  field.type = 'search';
  field.className = 'field';
  field.placeholder = texts.searchHint;
  field.ariaLabel = texts.search;
  const panel = document.createElement('div');
  panel.className = 'docs-results';
  panel.role = 'region';
  panel.ariaLabel = texts.results;
  panel.hidden = true;
  const status = document.createElement('p');
  status.role = 'status';
  const list = document.createElement('ul');
  panel.append(status, list);
  place.append(field, panel);

  let index: Promise<readonly SearchEntry[]> | undefined;
  const load = () => (index ??= fetchIndex());
  const close = () => {
    panel.hidden = true;
  };
  const find = async () => {
    const sought = field.value;
    const words = wordsIn(sought);
    if (words.length === 0) {
      close();
      return;
    }
    const entries = await load().catch(() => {
      index = undefined;
      return undefined;
    });
    // Somebody may have typed on.
    if (field.value !== sought) return;
    const found = entries ? findEntries(entries, words) : [];
    status.textContent = entries ? summaryOf(sought, found.length) : texts.notSearchable;
    list.replaceChildren(...found.slice(0, maxShown).map((entry) => itemOf(entry, words)));
    panel.hidden = false;
  };
  field.addEventListener('focus', () => void load().catch(() => (index = undefined)));
  field.addEventListener('input', () => void find());
  place.addEventListener('keydown', (event) => {
    const { key } = event as KeyboardEvent;
    if (key === 'Escape') {
      close();
      field.focus();
    } else if (moveAmong([field, ...list.querySelectorAll('a')], key)) event.preventDefault();
  });
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !place.contains(target)) close();
  });
  // A place in this very page: what lies over it goes.
  list.addEventListener('click', close);
}

async function fetchIndex(): Promise<readonly SearchEntry[]> {
  const answer = await fetch(indexAddress);
  if (!answer.ok) throw new Error(`${indexAddress}: ${answer.status}`);
  // Written by our build.
  return (await answer.json()) as readonly SearchEntry[];
}

function summaryOf(sought: string, count: number): string {
  if (count === 0) return texts.nothingFound(sought);
  return count > maxShown ? texts.firstFound(maxShown, count) : texts.found(count);
}

function itemOf(entry: SearchEntry, words: readonly string[]): HTMLElement {
  const link = document.createElement('a');
  link.href = entry.address;
  const title = document.createElement('strong');
  title.textContent = entry.heading;
  const page = document.createElement('span');
  page.textContent = entry.heading === entry.page ? '' : entry.page;
  const snippet = document.createElement('span');
  snippet.className = 'docs-snippet';
  snippet.textContent = snippetOf(entry.text, words);
  link.append(title, ' ', page, ' ', snippet);
  const item = document.createElement('li');
  item.append(link);
  return item;
}

/** Arrows go through field and results, Enter in the field to the first. @returns Whether the key did something. */
function moveAmong(parts: readonly HTMLElement[], key: string): boolean {
  const at = parts.findIndex((part) => part === document.activeElement);
  if (key === 'Enter' && at === 0) {
    parts[1]?.click();
    return true;
  }
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[key];
  if (next === undefined || at === -1) return false;
  parts[next]?.focus();
  return true;
}
