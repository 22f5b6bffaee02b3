// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { ValueEditor } from './ValueEditor.tsx';

afterEach(cleanup);

test('a text that is no JSON says where, leads there, and waits as a draft', () => {
  const values: string[] = [];
  const drafts: (string | undefined)[] = [];
  render(
    <ValueEditor
      label="Value of user"
      json={asJsonText('{"id":7}')}
      stored={asJsonText('{"id":7}')}
      draft={undefined}
      onValue={(json) => values.push(json)}
      onDraft={(text) => drafts.push(text)}
      takesFocus={false}
      onLeave={() => {}}
    />,
  );
  const area = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Value of user' });
  const goTo = () => screen.queryByRole('button', { name: 'Go to the fault' });
  expect(goTo()).toBeNull();
  const faulty = '{\n  "id": seven\n}';
  fireEvent.change(area, { target: { value: faulty } });
  expect(screen.getByRole('status').textContent).toContain('Line 2, column 9');
  expect(drafts).toEqual([faulty]);
  goTo()?.click();
  expect(document.activeElement).toBe(area);
  expect(area.selectionStart).toBe(faulty.indexOf('seven'));
  fireEvent.change(area, { target: { value: '{"id": 8.0}' } });
  expect(goTo()).toBeNull();
  expect(values).toEqual(['{"id":8.0}']);
  expect(drafts.at(-1)).toBeUndefined();
});
