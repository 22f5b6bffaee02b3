import type { CommandParams, CommandReply } from './commandTypes.ts';

/** When a session ends, as it is asked for. */
export interface Expiry {
  /** Whole seconds; 0: never. */
  readonly seconds: number;
  /** false: only the keys are deleted then, and the time starts again. Default: true. */
  readonly endSession?: boolean;
  /** Storing starts the time again. Default: false. */
  readonly extendOnSet?: boolean;
  /** Reading starts the time again. Default: false. */
  readonly extendOnGet?: boolean;
}

/** What {@link Session.touch} changes; what is left out stays. */
export type ExpiryChange = Partial<Pick<Expiry, 'seconds' | 'endSession'>>;

/** When a session ends. */
export interface SessionExpiry {
  readonly seconds: number;
  readonly endSession: boolean;
  /** By the server's clock, in whole seconds. */
  readonly deadline: Date;
  /** Whole seconds, rounded down. */
  readonly remainingSeconds: number;
}

/** As SH_NEW takes it. */
export function writeExpiry(expiry: Expiry): NonNullable<CommandParams<'SH_NEW'>['expiry']> {
  const { seconds, endSession = true, extendOnSet, extendOnGet } = expiry;
  return {
    duration: seconds,
    deleteSession: endSession,
    extendOnSetAdd: extendOnSet,
    extendOnGet,
  };
}

/** @returns null when it never expires. */
export function readExpiry(expiry: CommandReply<'SH_TOUCH'>['expiry']): SessionExpiry | null {
  if (!expiry.expires) return null;
  return {
    seconds: expiry.duration,
    endSession: expiry.deleteSession,
    deadline: new Date(expiry.time * 1000),
    remainingSeconds: expiry.remaining ?? 0,
  };
}
