import { asJsonText, quote } from '../../protocol/json/jsonText.ts';
import { writeRequest } from '../../protocol/wire/namedMessage.ts';
import type { Connection } from '../connection/page/connection.ts';
import { outgoing } from '../connection/page/outgoing.ts';
import { sessionOfVariable } from '../connection/page/variableName.ts';
import { texts } from './texts.ts';

/** Creates a session for a variable that has no token: the reply gives it one. */
export function createSession(connection: Connection, variable: string): void {
  const name = sessionOfVariable(variable) ?? texts.newSession;
  connection.send(outgoing(writeRequest('SH_NEW', asJsonText(`{"name":${quote(name)}}`))));
}
