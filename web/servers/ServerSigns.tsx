import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import { useActions } from '../ui/action.ts';
import { useServer, type Server, type Servers } from './servers.ts';
import { texts } from './texts.ts';
import './servers.css';

interface SignProps {
  readonly servers: Servers;
  readonly connection: Connection;
}

/** In the connection bar: what the server is for. Production has a line across the page as well. */
export function ServerMode({ servers, connection, onEdit }: SignProps & { onEdit: () => void }) {
  const url = useStore(connection.store, (view) => view.url);
  const server = useServer(servers, url);
  const mode = modeInWords(server);
  const isProduction = server.mode === 'production';
  const label = texts.modeOf(mode);
  useActions(() => ({ 'connection.mode': { label, group: texts.connection, run: onEdit } }));
  return (
    <>
      {isProduction && <i className="production-line" aria-hidden />}
      <button
        type="button"
        className={isProduction ? 'chip is-bad server-mode' : 'chip server-mode'}
        aria-label={label}
        title={texts.modeHint}
        aria-haspopup="dialog"
        onClick={onEdit}
      >
        <i className={`server-dot is-${server.colour}`} aria-hidden />
        {mode}
      </button>
    </>
  );
}

/** On a tab: the colour of its server, a word for production, and that it waits for an answer. */
export function TabSign({ servers, connection, isActive }: SignProps & { isActive: boolean }) {
  const url = useStore(connection.store, (view) => view.handshake?.url ?? view.url);
  const isAsking = useStore(connection.store, ({ unsent }) =>
    unsent.some(({ state }) => state === 'asking'),
  );
  const { mode, colour } = useServer(servers, url);
  return (
    <>
      <i className={`server-stripe is-${colour}`} aria-hidden />
      {mode === 'production' && (
        <b className="tab-mode" title={texts.production}>
          <span aria-hidden>{texts.productionShort}</span>
          <span className="visually-hidden">{texts.production}</span>
        </b>
      )}
      {isAsking && !isActive && (
        <b className="tab-count is-bad" title={texts.asking}>
          <span aria-hidden>?</span>
          <span className="visually-hidden">{texts.asking}</span>
        </b>
      )}
    </>
  );
}

export function modeInWords({ mode }: Pick<Server, 'mode'>): string {
  return mode ? texts[mode] : texts.noMode;
}
