import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { HttpConnections } from './httpConnections.ts';

test('who wants a WebSocket counts no more, is dropped for nobody, and is dropped at the end', () => {
  const http = new HttpConnections(1);
  const [wanting, older, newer] = [new Socket(), new Socket(), new Socket()];
  http.add(wanting);
  http.beginUpgrade(wanting);
  http.add(older);
  expect([wanting.destroyed, older.destroyed]).toEqual([false, false]);
  http.add(newer);
  expect([wanting.destroyed, older.destroyed, newer.destroyed]).toEqual([false, true, false]);
  http.destroyAll();
  expect([wanting.destroyed, newer.destroyed]).toEqual([true, true]);
});
