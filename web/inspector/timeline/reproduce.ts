import type { WholeChange } from '../../../protocol/inspection/timeline.ts';
import { asJsonText, quote, type JsonText } from '../../../protocol/json/jsonText.ts';
import { writeRequest } from '../../../protocol/wire/namedMessage.ts';

/** Stands for the token of the session. */
const tkn = '"{{tkn}}"';

/**
 * Commands that make changes once more, one for each: results are stored, so that a number which was counted up comes out
 * the same. Deadlines, and the making of the session, are left out.
 */
export function commandsFor(changes: readonly WholeChange[]): string[] {
  return changes.flatMap((change) => commandFor(change) ?? []);
}

function commandFor({ kind, keys }: WholeChange): JsonText | undefined {
  const kept = keys.filter(({ after }) => after !== undefined);
  const entries = `{${kept.map(({ key, after }) => `${quote(key)}:${after}`).join(',')}}`;
  const names = `[${keys.map(({ key }) => quote(key)).join(',')}]`;
  switch (kind) {
    case 'created':
      return kept.length > 0 ? request('KV_SET', `,"keys":${entries}`) : undefined;
    case 'stored':
      return request('KV_SET', `,"keys":${entries}`);
    case 'replaced':
      return kept.length > 0
        ? request('KV_CLEAR_SET', `,"keys":${entries}`)
        : request('KV_CLEAR', '');
    case 'removed':
      return request('KV_RMV', `,"keys":${names}`);
    case 'cleared':
      return request('KV_CLEAR', '');
    case 'ended':
      return request('SH_END', '');
    case 'extended':
    case 'touched':
      return undefined;
  }
}

function request(name: string, members: string): JsonText {
  return writeRequest(name, asJsonText(`{"tkn":${tkn}${members}}`));
}
