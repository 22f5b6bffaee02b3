import type { Right } from '../../../protocol/inspection/rights.ts';
import { number } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

/** What each right allows, after "the right to". */
const allowed = defineTexts({
  look: 'see sessions',
  values: 'see values',
  change: 'change sessions',
  end: 'end sessions and cut connections',
  audit: 'see the audit list',
} satisfies Record<Right, string>);

/** Of questions before an action, and of what a key may not do. */
export const texts = defineTexts({
  cancel: 'Cancel',
  production: 'Production',
  staging: 'Staging',
  typeCount: (count: number) => `Type ${number(count)}, the number of sessions`,
  otherCount: 'This is not the number of sessions.',
  typeName: (name: string) => `Type ${name}, the name of the server`,
  otherName: 'This is not the name of the server.',

  lacksRight: (right: Right) => `This key lacks the right to ${allowed[right]}.`,
  onlyPrefix: (prefix: string) =>
    `This key is for sessions whose names begin with “${prefix}”, and this is about all sessions.`,
  readOnly: 'This server is read-only (--read-only): nothing can be changed.',
  askForRight: 'Ask who runs the server for a key with this right.',
  askForKey: 'Ask who runs the server for a key for all sessions.',
});
