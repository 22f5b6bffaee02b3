import type { ParamsOf } from '../../protocol/commands/catalog.ts';
import { statusCode } from '../../protocol/status.ts';
import { neverExpires, type sessionCommands } from '../../protocol/commands/sessions.ts';
import type { NewSession } from '../store/newSession.ts';
import type { SessionFacts } from '../store/sessionStore.ts';
import { mapResult } from '../eventually.ts';
import type { CommandDeps, Handlers } from './handler.ts';

export function sessionHandlers({ store }: CommandDeps): Handlers<keyof typeof sessionCommands> {
  return {
    SH_NEW: ({ name, shared = false, expiry }, cause) => {
      const session = { name, shared, ...(expiry && wantedExpiry(expiry)) };
      return mapResult(store.newSession(session, cause), ({ token, isNew }) => ({
        st: statusCode(isNew ? 'Ok' : 'SessionNewFail'),
        name,
        tkn: token,
      }));
    },

    SH_END: ({ tkn }, cause) =>
      mapResult(store.endSession(tkn, cause), (wasThere) => ({
        st: statusCode(wasThere ? 'Ok' : 'SessionNotExist'),
        tkn,
      })),

    SH_OPEN: ({ name }) =>
      mapResult(store.openShared(name), (token) => ({
        st: statusCode(token ? 'Ok' : 'SessionOpenFail'),
        name,
        tkn: token ?? null,
      })),

    SH_INFO: ({ tkn }) =>
      mapResult(store.sessionFacts(tkn), (facts) => {
        if (!facts) return { st: statusCode('SessionNotExist'), tkn, shared: null, keyCnt: null };
        const { shared, keyCount } = facts;
        const st = statusCode('Ok');
        return { st, tkn, shared, keyCnt: keyCount, expiry: expiryReply(facts) };
      }),

    SH_TOUCH: ({ tkn, duration, deleteSession }, cause) => {
      const expiry = { durationSec: duration, deleteSession };
      return mapResult(store.touchSession(tkn, expiry, cause), (facts) => ({
        st: statusCode('Ok'),
        tkn,
        expiry: expiryReply(facts),
      }));
    },

    SH_INFO_ALL: () =>
      mapResult(store.totals(), ({ sessions, keys }) => ({
        totalSessions: sessions,
        totalKeys: keys,
      })),

    SH_END_ALL: (_params, cause) =>
      mapResult(store.endAllSessions(cause), (cnt) => ({ st: statusCode('Ok'), cnt })),

    SH_EXISTS: ({ tkns }) =>
      mapResult(store.livingTokens(tkns), (exist) => ({ st: statusCode('Ok'), exist })),
  };
}

type ExpiryRequest = NonNullable<ParamsOf<'SH_NEW'>['expiry']>;

/** A duration of 0 is no expiry, but SH_INFO shows the extension with it too (D44). */
function wantedExpiry(request: ExpiryRequest): Pick<NewSession, 'expiry' | 'extension'> {
  const { duration, deleteSession, extendOnSetAdd, extendOnGet } = request;
  const isExtensionGiven = extendOnSetAdd !== undefined || extendOnGet !== undefined;
  return {
    expiry: duration === 0 ? undefined : { durationSec: duration, deleteSession },
    extension: isExtensionGiven
      ? { onSetAdd: extendOnSetAdd ?? false, onGet: extendOnGet ?? false }
      : undefined,
  };
}

function expiryReply({ expiry, extension }: SessionFacts) {
  const extend = extension && {
    extendOnSetAdd: extension.onSetAdd,
    extendOnGet: extension.onGet,
  };
  if (!expiry) return extend ? { ...neverExpires, ...extend } : neverExpires;
  const { durationSec, deadlineSec, deleteSession, remainingSec } = expiry;
  return {
    expires: true,
    duration: durationSec,
    time: deadlineSec,
    deleteSession,
    remaining: remainingSec,
    ...extend,
  };
}
