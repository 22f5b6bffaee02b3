// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FaultBoundary, late, lateView } from './late.tsx';

beforeEach(() => {
  // React reports what a boundary has caught.
  vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** An import that fails so many times, and then gives the value. */
function failing<T>(times: number, value: T): () => Promise<T> {
  let count = 0;
  return async () => {
    count += 1;
    if (count <= times) throw new Error('Failed to fetch');
    return value;
  };
}

test('after a failure the next call tries again, and then gives the same each time', async () => {
  const load = late(failing(1, { part: 'here' }));
  await expect(load()).rejects.toThrow('Failed to fetch');
  const part = await load();
  expect(await load()).toBe(part);
});

test('calls at the same time share one import', async () => {
  const importPart = vi.fn(async () => ({}));
  const load = late(importPart);
  expect(await load()).toBe(await load());
  expect(importPart).toHaveBeenCalledTimes(1);
});

test('a view that could not be loaded says so in its place and can be tried again', async () => {
  const View = lateView(failing(1, () => <p>the view</p>));
  render(
    <>
      <p>another part</p>
      <View />
    </>,
  );
  expect(screen.getByText('Loading…')).toBeTruthy();
  expect((await screen.findByRole('alert')).textContent).toContain("Couldn't load this panel.");
  expect(screen.getByText('another part')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('the view')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a view that is known is there at once when it is shown again', async () => {
  const View = lateView(async () => () => <p>the view</p>);
  const { unmount } = render(<View />);
  await screen.findByText('the view');
  unmount();
  render(<View />);
  expect(screen.getByText('the view')).toBeTruthy();
});

test('when the server is there but the part is not, the page can be reloaded', async () => {
  const answers = vi.spyOn(window, 'fetch').mockResolvedValue(new Response(null, { status: 200 }));
  const View = lateView(failing(5, () => <p>the view</p>));
  render(<View />);
  await screen.findByRole('alert');
  expect(screen.queryByRole('button', { name: 'Reload the page' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('button', { name: 'Reload the page' })).toBeTruthy();
  expect(answers).toHaveBeenCalledTimes(1);
});

test('without a server no reload is offered: it would lose the page', async () => {
  vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  const View = lateView(failing(5, () => <p>the view</p>));
  render(<View />);
  await screen.findByRole('alert');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('alert');
  expect(screen.queryByRole('button', { name: 'Reload the page' })).toBeNull();
});

test('a fault in one part leaves the others, and the part can be tried again', () => {
  let isFaulty = true;
  function Part() {
    if (isFaulty) throw new Error('a bug');
    return <p>the part</p>;
  }
  render(
    <>
      <FaultBoundary frame={(notice) => <section aria-label="Place">{notice}</section>}>
        <Part />
      </FaultBoundary>
      <p>another part</p>
    </>,
  );
  expect(screen.getByRole('region', { name: 'Place' }).textContent).toContain(
    'Something went wrong here.',
  );
  expect(screen.getByText('another part')).toBeTruthy();
  isFaulty = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('the part')).toBeTruthy();
});
