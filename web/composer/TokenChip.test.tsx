// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { createDraft } from './draft.ts';
import type { LiveSession, LiveSources } from './liveSources.ts';
import { TokenChip } from './TokenChip.tsx';

afterEach(cleanup);

// happy-dom has no popovers.
Object.assign(HTMLElement.prototype, { showPopover: () => {}, hidePopover: () => {} });

const token = '14247375118774737462';
const old: LiveSession = { id: 's1', name: 'old', maskedToken: '··7462', keyCount: 1 };

/** The chip of a token that none of the newest sessions has. @returns What happened. */
async function showFromChip(found: LiveSession | undefined): Promise<string[]> {
  const happened: string[] = [];
  const sources: LiveSources = {
    keysOf: () => Promise.resolve(undefined),
    isLiving: () => Promise.resolve(undefined),
    sessions: () => [],
    hasOlder: () => true,
    sessionOf: (asked) => Promise.resolve(asked === token ? found : undefined),
    learnToken: () => Promise.resolve(false),
    showSession: ({ name }) => void happened.push(`shown: ${name}`),
    entries: () => [],
  };
  render(
    <TokenChip
      name="tkn"
      value={token}
      variables={new Map([['tkn', token]])}
      draft={createDraft('')}
      sources={sources}
      onNotice={(text) => void happened.push(text)}
    />,
  );
  fireEvent.click(screen.getByRole('button'));
  fireEvent.click(await screen.findByRole('menuitem', { name: /Show in Sessions/ }));
  await waitFor(() => expect(happened).toHaveLength(1));
  return happened;
}

test('a session that is not among the newest is shown as well', async () => {
  expect(await showFromChip(old)).toEqual(['shown: old']);
});

test('of a session that has ended it is said that there is none', async () => {
  expect(await showFromChip(undefined)).toEqual(['No session has this token any more.']);
});
