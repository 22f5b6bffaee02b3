import { expect, test } from 'vitest';
import { storedInMemory } from '../ui/storedInMemory.ts';
import { createPaneSizes } from './paneSizes.ts';

test('sizes of each view are there again after a reload', () => {
  const stored = storedInMemory();
  createPaneSizes(stored)('panels').write(new Map([['learn', 320]]));
  createPaneSizes(stored)('narrow').write(new Map([['composer', 200]]));
  const after = createPaneSizes(stored);
  expect([...after('panels').read()]).toEqual([['learn', 320]]);
  expect([...after('narrow').read()]).toEqual([['composer', 200]]);
  expect(after('horizontal').read().size).toBe(0);
});

test.each([
  '',
  '{',
  '{"version":1,"views":[]}',
  '{"version":9,"views":{}}',
  '{"version":1,"views":{"a":{"b":-1}}}',
])('the kept text %j is set aside', (text) => {
  const stored = storedInMemory(text);
  expect(createPaneSizes(stored)('panels').read().size).toBe(0);
  expect(stored.backup()).toBe(text);
});

test('where nothing can be kept the sizes last as long as the page', () => {
  const stored = storedInMemory();
  const sizes = createPaneSizes({ ...stored, write: () => false });
  sizes('panels').write(new Map([['learn', 320]]));
  expect(sizes('panels').read().get('learn')).toBe(320);
});
