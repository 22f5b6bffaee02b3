import { expect, test } from 'vitest';
import { composeSpot, createShell } from './shellStore.ts';

const learn = { id: 'learn', place: 'left' } as const;

test('a way to a panel is offered until that panel is shown', () => {
  const shell = createShell();
  shell.offerPanel('SH_NEW_RSP · Ok', 'View', composeSpot);
  shell.show(learn);
  const { notice } = shell.store.getState();
  expect(notice).toMatchObject({ text: 'SH_NEW_RSP · Ok', offer: { label: 'View' } });
  notice?.offer?.run();
  expect(shell.store.getState()).toMatchObject({ narrow: 'compose', notice: undefined });
});

test('a widened panel gives its room back when another one, or the composer, is shown', () => {
  const shell = createShell();
  const isWidened = () => shell.store.getState().isWidened;
  for (const leave of [
    shell.showComposer,
    () => shell.show(learn),
    () => shell.toggle(learn),
    () => shell.widen(false),
  ]) {
    shell.widen(true);
    expect(isWidened()).toBe(true);
    leave();
    expect(isWidened()).toBe(false);
  }
});

test('Undo stays, whatever is shown', () => {
  const shell = createShell();
  let undone = 0;
  shell.notify('Removed', () => (undone += 1));
  shell.showComposer();
  shell.store.getState().notice?.offer?.run();
  expect(undone).toBe(1);
});
