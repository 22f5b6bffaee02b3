import { beforeEach, expect, test } from 'vitest';
import { createStorage, maxBackups } from './stored.ts';

/** A storage area with room for so many characters, names included. */
class SmallArea implements Storage {
  readonly #items = new Map<string, string>();
  room = Infinity;
  get length(): number {
    return this.#items.size;
  }
  key(at: number): string | null {
    return [...this.#items.keys()][at] ?? null;
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, text: string): void {
    const others = [...this.#items].filter(([each]) => each !== key);
    const used = others.reduce((sum, [name, each]) => sum + name.length + each.length, 0);
    if (used + key.length + text.length > this.room) throw new Error('QuotaExceededError');
    this.#items.set(key, text);
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
  clear(): void {
    this.#items.clear();
  }
}

let lasting: SmallArea;
const events = new EventTarget();
beforeEach(() => {
  lasting = new SmallArea();
});

function openWindow(own = new SmallArea()) {
  return { own, storage: createStorage({ lasting: () => lasting, window: () => own, events }) };
}

test('text of a window is its own, and what a new window starts with', () => {
  const first = openWindow();
  first.storage.windowText('tabs').write('of the first');
  const second = openWindow();
  expect(second.storage.windowText('tabs').read()).toBe('of the first');
  second.storage.windowText('tabs').write('of the second');
  // The first window reloads.
  expect(openWindow(first.own).storage.windowText('tabs').read()).toBe('of the first');
  expect(openWindow().storage.windowText('tabs').read()).toBe('of the second');
});

test('unreadable text is set aside with a notice and can still be had', () => {
  lasting.setItem('seshdeck.settings', '{"version":99}');
  const { storage } = openWindow();
  const stored = storage.text('settings');
  stored.setAside();
  expect(stored.read()).toBeUndefined();
  const [notice] = storage.store.getState().notices;
  expect(notice).toEqual({ kind: 'unreadable', name: 'settings', backup: 'settings.backup' });
  stored.write('{"version":1}');
  expect(storage.backups()).toEqual(['settings.backup']);
  expect(storage.backup('settings.backup')).toBe('{"version":99}');
  if (notice) storage.dismiss(notice);
  expect(storage.store.getState().notices).toEqual([]);
  expect(storage.backup('settings.backup')).toBe('{"version":99}');
});

test('a second unreadable text has its own backup, up to a limit, and none replaces another', () => {
  const { storage } = openWindow();
  const stored = storage.text('settings');
  for (let count = 1; count <= maxBackups; count += 1) {
    stored.write(`broken ${count}`);
    stored.setAside();
    // The same text again needs no other place.
    stored.write(`broken ${count}`);
    stored.setAside();
  }
  expect(storage.backups().map((name) => storage.backup(name))).toEqual(
    Array.from({ length: maxBackups }, (_, at) => `broken ${at + 1}`),
  );
  stored.write('one too many');
  stored.setAside();
  expect(storage.store.getState().notices.at(-1)).toMatchObject({ backup: 'settings' });
  expect(stored.write('new')).toBe(false);
  expect(storage.backup('settings')).toBe('one too many');
});

test('where a backup finds no room, the unreadable text is not written over', () => {
  lasting.setItem('seshdeck.settings', '{"version":99}');
  lasting.room = 'seshdeck.settings{"version":99}'.length;
  const { storage } = openWindow();
  storage.text('settings').setAside();
  expect(storage.text('settings').write('x')).toBe(false);
  expect(storage.store.getState().notices[0]).toMatchObject({ backup: 'settings' });
  expect(storage.backup('settings')).toBe('{"version":99}');
});

test('a full browser is reported once', () => {
  lasting.room = 20;
  const { storage } = openWindow();
  expect(storage.text('settings').write('x'.repeat(30))).toBe(false);
  expect(storage.text('messages').write('x'.repeat(30))).toBe(false);
  expect(storage.store.getState().notices).toEqual([{ kind: 'full' }]);
});

test('blocked storage counts as nothing stored', () => {
  const blocked = (): never => {
    throw new Error('SecurityError');
  };
  const storage = createStorage({ lasting: blocked, window: blocked, events });
  const stored = storage.windowText('tabs');
  expect(stored.read()).toBeUndefined();
  expect(stored.write('x')).toBe(false);
  stored.setAside();
  expect(storage.backups()).toEqual([]);
  storage.clearAll();
});

test('clearing removes everything of ours, backups included, and nothing comes back', () => {
  lasting.setItem('of another page', 'stays');
  const { own, storage } = openWindow();
  storage.text('messages').write('m');
  storage.text('messages').setAside();
  storage.windowText('tabs').write('t');
  storage.clearAll();
  storage.windowText('tabs').write('late');
  expect(own).toHaveLength(0);
  expect(lasting.key(0)).toBe('of another page');
  expect(lasting).toHaveLength(1);
});

test('a text is followed when another window writes it, or clears all', () => {
  const { storage } = openWindow();
  const seen: string[] = [];
  for (const name of ['settings', 'history']) storage.text(name).follow(() => seen.push(name));
  const happens = (key: string | null) =>
    events.dispatchEvent(Object.assign(new Event('storage'), { key }));
  happens('seshdeck.history');
  happens('of another page');
  expect(seen).toEqual(['history']);
  happens(null);
  expect(seen).toEqual(['history', 'settings', 'history']);
});
