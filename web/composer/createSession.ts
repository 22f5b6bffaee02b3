import { asJsonText, quote } from '../../protocol/json/jsonText.ts';
import { writeRequest } from '../../protocol/wire/namedMessage.ts';
import type { Connection } from '../connection/page/connection.ts';
import { sendOrWait } from '../connection/page/sendOrWait.ts';
import { sessionOfVariable } from '../connection/page/variableName.ts';
import { texts } from './texts.ts';

/** Creates a session for a variable that has no token: the reply gives it one. */
export function createSession(connection: Connection, variable: string): void {
  const name = sessionOfVariable(variable) ?? texts.newSession;
  sendOrWait(connection, writeRequest('SH_NEW', asJsonText(`{"name":${quote(name)}}`)));
}
