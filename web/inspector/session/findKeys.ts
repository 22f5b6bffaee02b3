import { foldText, holdsFolded } from '../../../protocol/text/foldText.ts';
import { askOnce } from '../askOnce.ts';
import type { Inspector } from '../inspector.ts';
import type { FoundKeys } from './pathFinder.ts';

/**
 * Finds keys of the watched session by their names: here if all of them are, else on the server.
 * @returns undefined when the server does not answer.
 */
export async function findKeys(
  inspector: Inspector,
  id: string,
  find: string,
): Promise<FoundKeys | undefined> {
  const { watched } = inspector.store.getState();
  const listed = inspector.keys();
  if (watched?.id === id && listed.length >= watched.totalKeys) {
    return foundIn(
      listed.map(({ key }) => key),
      find,
    );
  }
  const number = inspector.newNumber();
  return askOnce(inspector, { type: 'findKeys', number, id, find }, (event) =>
    event.type === 'foundKeys' ? event : undefined,
  );
}

/** Those that hold a text, whatever its case and accents. */
export function foundIn(names: readonly string[], find: string): FoundKeys {
  const needle = foldText(find);
  const keys = names.filter((name) => holdsFolded(name, needle));
  return { keys, total: keys.length };
}
