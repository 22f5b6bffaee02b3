/// <reference lib="esnext.disposable" preserve="true" />

// What `seshdeck/client` exports.
export { connect } from './connect.ts';
export type { Client, NewSession } from './client.ts';
export type { FindOptions, KeyOutcomes, Session, SessionInfo } from './session.ts';
export type { ConnectOptions } from './options.ts';
export type { CallOptions } from './calls.ts';
export type { CallEnd, CallStart, TraceCall } from './caller.ts';
export type { CommandParams, CommandReply, SessionCommand } from './commandTypes.ts';
export type { Expiry, ExpiryChange, SessionExpiry } from './expiry.ts';
export type { Schemas, StandardSchema } from './schema.ts';
export type { SocketClass } from './socket.ts';
export type { SessionChange } from './watch.ts';
export {
  UserSessions,
  type AddedSession,
  type UserSession,
  type UserSessionsOptions,
} from './userSessions/userSessions.ts';
export type { StatusEvent } from './statusFeed.ts';
export type { CommandName } from '../protocol/commands/catalog.ts';
export type { StatusName } from '../protocol/status.ts';
export { ExactNumber, type NumberForm } from './exactNumber.ts';
export { RawJson, type Json } from './storedText.ts';
export {
  CommandError,
  NotSentError,
  OutcomeUnknownError,
  SchemaError,
  SeshdeckError,
  ValueError,
  type NotSentReason,
  type UnknownReason,
} from './errors.ts';
