import type { ConnectionView } from '../connection/page/connectionView.ts';
import type { Tab } from './tab.ts';

/** Of the server that a tab is about; while another address is being typed, that of the last one. */
export function addressOf({ handshake, url }: Pick<ConnectionView, 'handshake' | 'url'>): string {
  return handshake?.url ?? url;
}

/**
 * The tabs with their titles: those that a person gave, the others after their servers. Of several
 * tabs of one server each has a number, and keeps it when another is closed or moved.
 * @returns Tabs whose titles stay are the same objects.
 */
export function titled(tabs: readonly Tab[], nameOf: (url: string) => string): readonly Tab[] {
  const taken = new Set<string>();
  const bases = tabs.map(({ ownTitle, connection }) =>
    ownTitle === '' ? nameOf(addressOf(connection.store.getState())) : '',
  );
  const keeps = tabs.map(({ ownTitle, title }, at) => {
    const isFree = ownTitle === '' && !taken.has(title) && isOf(title, bases[at] ?? '');
    if (isFree) taken.add(title);
    return isFree || ownTitle !== '';
  });
  return tabs.map((tab, at) => {
    if (keeps[at]) return tab;
    const base = bases[at] ?? '';
    let title = base;
    for (let count = 2; taken.has(title); count += 1) title = `${base} (${count})`;
    taken.add(title);
    return { ...tab, title };
  });
}

/** `name` or `name (2)`. */
function isOf(title: string, name: string): boolean {
  return (
    title === name ||
    (title.startsWith(`${name} (`) && /^\(\d+\)$/.test(title.slice(name.length + 1)))
  );
}
