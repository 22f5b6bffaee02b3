import type { ParamsOf } from '../../protocol/catalog.ts';
import { ok } from '../../protocol/result.ts';
import { statusCode } from '../../protocol/status.ts';
import type { sessionCommands } from '../../protocol/commands/sessions.ts';
import type { NewSession, SessionFacts } from '../store/sessionStore.ts';
import { mapEventually } from '../eventually.ts';
import type { Handlers } from './handler.ts';

export const sessionHandlers: Handlers<keyof typeof sessionCommands> = {
  SH_NEW: (store, { name, shared = false, expiry }) => {
    const session = { name, shared, ...(expiry && wantedExpiry(expiry)) };
    return mapEventually(store.newSession(session), (made) =>
      made.ok
        ? ok({ st: statusCode('Ok'), name, tkn: made.value })
        : ok({ st: statusCode('SessionNewFail'), name, tkn: made.refusal }),
    );
  },

  SH_END: (store, { tkn }) =>
    mapEventually(store.endSession(tkn), (wasThere) =>
      ok({ st: statusCode(wasThere ? 'Ok' : 'SessionNotExist'), tkn }),
    ),

  SH_OPEN: (store, { name }) =>
    mapEventually(store.openShared(name), (token) =>
      ok({ st: statusCode(token ? 'Ok' : 'SessionOpenFail'), name, tkn: token ?? null }),
    ),

  SH_INFO: (store, { tkn }) =>
    mapEventually(store.sessionFacts(tkn), (facts) => {
      if (!facts) return ok({ st: statusCode('SessionNotExist'), tkn, shared: null, keyCnt: null });
      const { shared, keyCount } = facts;
      const st = statusCode('Ok');
      return ok({ st, tkn, shared, keyCnt: keyCount, expiry: expiryReply(facts) });
    }),

  SH_INFO_ALL: (store) =>
    mapEventually(store.totals(), ({ sessions, keys }) =>
      ok({ totalSessions: sessions, totalKeys: keys }),
    ),

  SH_END_ALL: (store) =>
    mapEventually(store.endAllSessions(), (cnt) => ok({ st: statusCode('Ok'), cnt })),

  SH_EXISTS: (store, { tkns }) =>
    mapEventually(store.livingTokens(tkns), (exist) => ok({ st: statusCode('Ok'), exist })),
};

type ExpiryRequest = NonNullable<ParamsOf<'SH_NEW'>['expiry']>;

/** A duration of 0 is no expiry at all, but SH_INFO shows the extension all the same (D44). */
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
  if (!expiry) return { expires: false, duration: 0, time: 0, deleteSession: false, ...extend };
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
