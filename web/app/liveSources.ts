import type { LiveSources } from '../composer/liveSources.ts';
import type { Inspector } from '../inspector/inspector.ts';
import type { Tab } from './tab.ts';

/** What the composer may ask; without an inspector nothing is known of live sessions. */
export function liveSourcesOf({ connection, log }: Tab, inspector?: Inspector): LiveSources {
  return {
    keysOf: async (token) => {
      const peeked = await inspector?.questions.peek(token);
      return peeked?.isLiving === false ? [] : peeked?.keys;
    },
    isLiving: async (token) => (await inspector?.questions.peek(token))?.isLiving,
    sessions: () => inspector?.sessions() ?? [],
    learnToken: ({ id }, variable) => {
      const { url } = connection.store.getState();
      void inspector?.questions.askToken(id).then((token) => {
        // A token of one server is of no use at another.
        const isThere = connection.store.getState().url === url;
        if (token !== undefined && isThere) connection.setVariable(variable, token);
      });
    },
    entries: () => log.all(),
  };
}
