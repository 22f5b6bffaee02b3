import { writeToken, type Token } from '../token.ts';
import { described, object, token, unsigned, type Codec } from './codec.ts';
import { writeMembers } from './writeMembers.ts';
import { writtenBy } from './writtenBy.ts';

// Members that replies of many commands have, with the words that the reference shows.

export const st = described(unsigned, 'Status of the command; 1 when it was carried out.');

export const tkn = described(token, 'Token of the session.');

/**
 * A reply that has a token and keys, as most of them have.
 * @param textOf Writes what belongs to a key, as the codec does.
 */
export function keyedReply<T>(
  keys: Codec<ReadonlyMap<string, T>>,
  textOf: (item: T) => string,
): Codec<{ readonly tkn: Token; readonly keys: ReadonlyMap<string, T> }> {
  return writtenBy(
    object({ tkn, keys }),
    (reply) => `{"tkn":${writeToken(reply.tkn)},"keys":{${writeMembers(reply.keys, textOf)}}}`,
  );
}
