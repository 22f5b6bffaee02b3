import { expect, test } from 'vitest';
import type { StoredText } from '../ui/stored.ts';
import { createSavedMessages } from './savedMessages.ts';

function start() {
  let kept = '';
  const stored: StoredText = {
    read: () => kept,
    write: (text) => {
      kept = text;
      return true;
    },
    setAside: () => {},
  };
  let ids = 0;
  const open = () => createSavedMessages(stored, () => `id${(ids += 1)}`);
  return { open, kept: () => kept };
}

test('a message is there again next time, character for character', () => {
  const { open } = start();
  const text = '{\n  "KV_SET": {"tkn": "{{tkn}}", "keys": {"n": 14247375118774737462}}\n}';
  open().save('numbers', text, new Map());
  expect(open().store.getState().messages).toEqual([{ id: 'id1', name: 'numbers', text }]);
});

test('no token is written to the storage, known or not, quoted or bare', () => {
  const { open, kept } = start();
  const saved = open();
  const variables = new Map([['tkn:user1', '6029437712290154113']]);
  saved.save('known', '{"SH_END":{"tkn":"6029437712290154113"}}', variables);
  saved.save('unknown', '{"SH_END":{"tkn" : "14247375118774737462"}}', variables);
  saved.save('bare', '{"SH_END":{"tkn":14247375118774737462}}', variables);
  expect(kept()).not.toMatch(/\d{19}/);
  expect(saved.store.getState().messages.map(({ text }) => text)).toEqual([
    '{"SH_END":{"tkn":"{{tkn:user1}}"}}',
    '{"SH_END":{"tkn" : "{{tkn}}"}}',
    '{"SH_END":{"tkn":"{{tkn}}"}}',
  ]);
});

test('a removed message stays removed', () => {
  const { open } = start();
  const saved = open();
  saved.save('one', '{}', new Map());
  saved.remove('id1');
  expect(open().store.getState().messages).toEqual([]);
});
