/** A test elsewhere that holds what no row can: its file and its title, word for word. */
export interface Proof {
  readonly file: string;
  readonly title: string;
}

const proof = (file: string, title: string): Proof => ({ file, title });

const socket = 'server/sockets/dataSocket.test.ts';
const config = 'server/config/readConfig.test.ts';
const dataSets = 'server/dataSets/dataSets.test.ts';
const contract = 'test/server/storeContract/expiryContract.ts';

/** Decisions and headings that rows cannot hold, or not alone. */
export const heldBy: Readonly<Record<string, readonly Proof[]>> = {
  '1. Transport': [
    proof(socket, 'fragments are put together, and their sum is what counts'),
    proof(socket, 'a ping is answered'),
    proof(socket, 'a closed connection ends no session'),
    proof(socket, 'an idle peer is pinged, a silent one dropped after 180 s, a living one kept'),
  ],
  '2. The envelope': [
    // Check 8.
    proof(
      'server/sockets/dataConnection.test.ts',
      'in a message that cannot be read again, it is answered as well',
    ),
  ],
  '3. Statuses': [
    proof('test/server/conformance/coverage.test.ts', 'every status that is sent has a row'),
  ],
  '6. Session commands': [
    proof(
      'test/server/conformance/coverage.test.ts',
      'every command has rows that it is the subject of',
    ),
  ],
  '8. Server command': [
    proof(
      'test/server/conformance/coverage.test.ts',
      'every command has rows that it is the subject of',
    ),
  ],
  '10. Configuration': [
    proof(config, 'with nothing said, the defaults hold'),
    proof(config, 'a file sets everything, comments and all'),
  ],
  '11. Decisions': [
    proof('test/server/conformance/coverage.test.ts', 'every decision has a row or a test'),
  ],
  '11.1 Settled later': [
    proof('test/server/conformance/coverage.test.ts', 'every decision has a row or a test'),
  ],
  '12. Our own commands (marked **X**)': [
    proof(
      'test/server/conformance/coverage.test.ts',
      'every command has rows that it is the subject of',
    ),
    proof('test/server/conformance/coverage.test.ts', 'our own commands are those of section 12'),
  ],
  '12.1 Decisions about them': [
    proof('test/server/conformance/coverage.test.ts', 'every decision has a row or a test'),
  ],
  D48: [
    proof('test/server/conformance/coverage.test.ts', 'our own commands are those of section 12'),
  ],
  D49: [
    proof('server/commands/refusals.test.ts', 'what the store refuses is answered'),
    proof(
      'server/commands/refusals.test.ts',
      'the reference lists the refusals of the store with the commands that can have them',
    ),
  ],
  D52: [
    proof(
      'server/store/cluster/lanes.test.ts',
      'calls that were not carried out are sent again in their order, before those that came later',
    ),
    proof('server/store/cluster/clusterStore.test.ts', 'a deadline goes by the clock of the node'),
  ],
  D1: [
    proof(socket, '20,000 requests in flight are answered in their order'),
    proof(socket, '20,000 requests in flight, quiet and loud, are answered in their order'),
    proof('test/server/longPaths.test.ts', 'the replies of one connection keep their order'),
  ],
  D2: [
    proof(socket, 'a message of exactly the limit is fine, counted in bytes'),
    proof(socket, 'one byte more closes that connection with 1009, and no other'),
    proof(socket, 'text that is not UTF-8 closes the connection with 1007'),
  ],
  D12: [proof('server/store/tokenSource.test.ts', 'the token of a shared name is fixed for ever')],
  D14: [
    proof(contract, 'a deadline is kept though nobody asks'),
    proof(
      'test/server/realTime.test.ts',
      'a session of one second is there before it is over and gone after',
    ),
  ],
  D37: [
    proof(
      'test/server/longPaths.test.ts',
      'other connections are answered all the time, and it is given up in the end',
    ),
    proof(
      'test/server/longPaths.test.ts',
      'an ordinary search of several megabytes is carried out',
    ),
  ],
  D38: [
    proof('server/main.test.ts', 'a port in use is one line and exit code 1'),
    proof('server/main.test.ts', 'a wrong setting is one line and exit code 1'),
    proof(config, 'one line says what is wrong'),
  ],
  'status 901': [proof('server/commands/refusals.test.ts', 'what the store refuses is answered')],
  'status 902': [proof('server/commands/refusals.test.ts', 'what the store refuses is answered')],
  'status 903': [proof('server/commands/refusals.test.ts', 'what the store refuses is answered')],
  'status 14': [
    proof(dataSets, 'without persistence SH_SAVE is off before any other check, and SH_LOAD works'),
    proof('test/server/limits.test.ts', 'each command can be disabled'),
  ],
  'status 122': [proof(dataSets, 'where no directory can be made, saving answers 122')],
  'status 123': [
    proof(dataSets, 'a save that fails half way leaves nothing, and is 123 on the wire'),
  ],
  SH_SAVE: [
    proof(
      'server/dataSets/saveReader.test.ts',
      'is not loadable when it is cut short, at whatever byte',
    ),
    proof(dataSets, 'of saves within one millisecond the last is the newest, side by side or not'),
  ],
  SH_LOAD: [proof(dataSets, 'a newer save that is not complete is skipped and logged')],
  D47: [proof(config, 'with nothing said, the defaults hold')],
};

/** Statuses that no server of this protocol sends in an answer to a request, and why. */
export const neverSent: Readonly<Record<number, string>> = {
  27: 'section 3: defined, never sent',
  120: 'section 3 and D24: defined, never sent',
};
