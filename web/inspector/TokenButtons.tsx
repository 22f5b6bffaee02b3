import { Ellipsis } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copyText.ts';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import type { Inspector } from './inspector.ts';
import type { WatchedSession } from './inspectorView.ts';
import { messages as say } from './messages.ts';
import type { SessionCommand, SessionUse } from './sessionUse.ts';
import { useTold } from './useTold.ts';

const commandItems: readonly MenuItem<SessionCommand>[] = [
  { id: 'KV_GET', label: say.readKeys, isPlain: true },
  { id: 'KV_SET', label: say.setKey, isPlain: true },
  { id: 'SH_END', label: say.endSession, isPlain: true },
];

interface TokenButtonsProps {
  readonly inspector: Inspector;
  readonly watched: WatchedSession;
  /** Without a connection nothing can be revealed. */
  readonly isLive: boolean;
  readonly onUse: ((use: SessionUse) => void) | undefined;
}

/** What can be done with the token of the chosen session. Each asks the server for it first. */
export function TokenButtons({ inspector, watched, isLive, onUse }: TokenButtonsProps) {
  const [told, tell] = useTold();
  const copy = async () => {
    const token = await inspector.askToken();
    if (token === undefined) tell(say.tokenMissing);
    else tell((await copyText(token)) ? say.tokenCopied : say.copyRefused);
  };
  const use = async (command?: SessionCommand) => {
    const token = await inspector.askToken();
    if (token === undefined) {
      tell(say.tokenMissing);
      return;
    }
    const keys = inspector.keys().map(({ key }) => key);
    onUse?.({ token, name: watched.summary.name, command, keys });
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
      {onUse && (
        <>
          <Button disabled={!isLive} onClick={() => void use()}>
            {say.setAsVariable}
          </Button>
          <Menu
            label={say.useMenu}
            icon={<Ellipsis size={14} aria-hidden />}
            isIconOnly
            items={commandItems}
            onPick={(command) => void use(command)}
          />
        </>
      )}
      <span role="status" className="session-note">
        {told}
      </span>
    </div>
  );
}
