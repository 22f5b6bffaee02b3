import type { Section } from './row.ts';
import * as dataSets from './rows/dataSets.ts';
import * as envelope from './rows/envelope.ts';
import * as expiry from './rows/expiry.ts';
import * as keys from './rows/keys.ts';
import * as members from './rows/members.ts';
import * as own from './rows/own.ts';
import * as paths from './rows/paths.ts';
import * as queries from './rows/queries.ts';
import * as sessions from './rows/sessions.ts';
import * as tokens from './rows/tokens.ts';

/** Every row, section by section. */
export const sections: readonly Section[] = [
  envelope,
  members,
  tokens,
  expiry,
  sessions,
  dataSets,
  keys,
  queries,
  paths,
  own,
].flatMap((file) => Object.values(file));
