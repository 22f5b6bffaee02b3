import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copyText.ts';
import type { Inspector } from './inspector.ts';
import type { WatchedSession } from './inspectorView.ts';
import { messages as say } from './messages.ts';
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
    if (token === undefined) tell(say.tokenMissing);
    else tell((await copyText(token)) ? say.tokenCopied : say.copyRefused);
  };
  const use = async () => {
    const token = await inspector.askToken();
    if (token === undefined) tell(say.tokenMissing);
    else onUseToken(token, watched.summary.name);
  };
  const isRevealed = watched.token !== undefined;
  return (
    <div className="session-actions">
      <Button
        disabled={!isLive}
        onClick={() => (isRevealed ? inspector.hide() : inspector.reveal())}
      >
        {isRevealed ? say.hideToken : say.revealToken}
      </Button>
      <Button disabled={!isLive} onClick={() => void copy()}>
        {say.copyToken}
      </Button>
      <Button disabled={!isLive} onClick={() => void use()}>
        {say.useInComposer}
      </Button>
      <span role="status" className="session-note">
        {told}
      </span>
    </div>
  );
}
