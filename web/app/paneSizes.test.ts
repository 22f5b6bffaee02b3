import { expect, test } from 'vitest';
import { createPaneSizes } from './paneSizes.ts';

function startStored(text?: string) {
  let kept = text;
  let backup: string | undefined;
  const stored = {
    read: () => kept,
    write: (written: string) => {
      kept = written;
      return true;
    },
    setAside: () => {
      backup = kept;
      kept = undefined;
    },
  };
  return { stored, backup: () => backup };
}

test('sizes of each view are there again after a reload', () => {
  const { stored } = startStored();
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
  const { stored, backup } = startStored(text);
  expect(createPaneSizes(stored)('panels').read().size).toBe(0);
  expect(backup()).toBe(text);
});

test('where nothing can be kept the sizes last as long as the page', () => {
  const { stored } = startStored();
  const sizes = createPaneSizes({ ...stored, write: () => false });
  sizes('panels').write(new Map([['learn', 320]]));
  expect(sizes('panels').read().get('learn')).toBe(320);
});
