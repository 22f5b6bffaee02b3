import { expect, test } from 'vitest';
import { findItems, type PaletteItem } from './findItems.ts';

const item = (id: string, group: string): PaletteItem => ({
  id,
  group,
  label: `Do ${id}`,
  run: () => {},
});
const items = [
  item('action settings', 'Console'),
  item('action send', 'Compose'),
  item('action beautify', 'Compose'),
  item('action copyLink', 'Console'),
  item('tab 1', 'Tabs'),
];
const found = (typed: string, recent: readonly string[] = []) =>
  findItems(items, typed, recent).map(({ item: { id }, heading = '' }) => `${heading}: ${id}`);

test('with nothing typed, recent choices and the usual ones stand above the groups, each once', () => {
  expect(found('', ['tab 1', 'gone', 'action copyLink'])).toEqual([
    'Recent: tab 1',
    'Recent: action copyLink',
    'Suggested: action send',
    'Console: action settings',
    'Compose: action beautify',
  ]);
});

test('only the last few choices are shown as recent; a search prefers all of them', () => {
  const many = Array.from({ length: 8 }, (_, at) => item(`saved ${at}`, 'Saved'));
  const ids = many.map(({ id }) => id);
  const headings = findItems(many, '', ids).map(({ heading }) => heading);
  expect(headings.filter((heading) => heading === 'Recent')).toHaveLength(5);
  expect(findItems(many, 'do saved', ['saved 7'])[0]?.item.id).toBe('saved 7');
});

test('what is typed finds the best first, without headings', () => {
  expect(found('beau')).toEqual([': action beautify']);
});
