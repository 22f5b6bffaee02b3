import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copyText.ts';
import type { Inspector } from './inspector.ts';
import type { WatchedSession } from './inspectorView.ts';
import { useTold } from './useTold.ts';

interface TokenButtonsProps {
  readonly inspector: Inspector;
  readonly watched: WatchedSession;
  /** Without a connection nothing can be revealed. */
  readonly isLive: boolean;
  readonly onUseToken: (token: string, name: string) => void;
}

/** What can be done with the token of the chosen session. Each asks the server for it first. */
export function TokenButtons({ inspector, watched, isLive, onUseToken }: TokenButtonsProps) {
  const [told, tell] = useTold();
  const copy = async () => {
    const token = await inspector.askToken();
    if (token === undefined) tell('The token did not come.');
    else tell((await copyText(token)) ? 'Token copied.' : 'The browser refused to copy.');
  };
  const use = async () => {
    const token = await inspector.askToken();
    if (token === undefined) tell('The token did not come.');
    else onUseToken(token, watched.summary.name);
  };
  const isRevealed = watched.token !== undefined;
  return (
    <div className="session-actions">
      <Button
        disabled={!isLive}
        onClick={() => (isRevealed ? inspector.hide() : inspector.reveal())}
      >
        {isRevealed ? 'Hide token' : 'Reveal token'}
      </Button>
      <Button disabled={!isLive} onClick={() => void copy()}>
        Copy token
      </Button>
      <Button disabled={!isLive} onClick={() => void use()}>
        Use in composer
      </Button>
      <span role="status" className="session-note">
        {told}
      </span>
    </div>
  );
}
