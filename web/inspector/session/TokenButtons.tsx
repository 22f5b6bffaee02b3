import { Copy, Ellipsis, Eye, EyeOff } from 'lucide-react';
import { Button, IconButton } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { useWhyNot } from '../access/allowed.ts';
import type { Inspector } from '../inspector.ts';
import type { WatchedSession } from '../inspectorView.ts';
import { texts } from '../texts.ts';
import type { SessionCommand, SessionUse } from '../sessionUse.ts';
import { useBriefNotice } from '../../ui/useBriefNotice.ts';

const commandItems: readonly MenuItem<SessionCommand>[] = [
  { id: 'KV_GET', label: texts.readKeys, isPlain: true },
  { id: 'KV_SET', label: texts.setKey, isPlain: true },
  { id: 'SH_END', label: texts.endSession, isPlain: true },
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
  const [notice, showNotice] = useBriefNotice();
  const refusal = useWhyNot(inspector, 'reveal');
  const copy = async () => {
    const token = await inspector.askToken();
    if (token === undefined) showNotice(texts.tokenMissing);
    else showNotice((await copyText(token)) ? texts.tokenCopied : texts.copyRefused);
  };
  const use = async (command?: SessionCommand) => {
    const token = await inspector.askToken();
    if (token === undefined) {
      showNotice(texts.tokenMissing);
      return;
    }
    const keys = inspector.keys().map(({ key }) => key);
    onUse?.({ token, name: watched.summary.name, command, keys });
  };
  if (refusal !== undefined) {
    return <p className="session-note">{texts.noToken(refusal)}</p>;
  }
  const isRevealed = watched.token !== undefined;
  return (
    <div className="session-actions">
      {onUse && (
        <span className="session-use">
          <Button disabled={!isLive} onClick={() => void use()}>
            {texts.setAsVariable}
          </Button>
          <Menu
            label={texts.useMenu}
            icon={<Ellipsis size={14} aria-hidden />}
            isIconOnly
            items={commandItems}
            onPick={(command) => void use(command)}
          />
        </span>
      )}
      <IconButton
        label={isRevealed ? texts.hideToken : texts.revealToken}
        icon={isRevealed ? <EyeOff size={16} /> : <Eye size={16} />}
        disabled={!isLive}
        onClick={() => (isRevealed ? inspector.hide() : inspector.reveal())}
      />
      <IconButton
        label={texts.copyToken}
        icon={<Copy size={14} />}
        disabled={!isLive}
        onClick={() => void copy()}
      />
      <span role="status" className="session-note">
        {notice}
      </span>
    </div>
  );
}
