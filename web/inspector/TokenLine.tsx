import { Eye, EyeOff } from 'lucide-react';
import { IconButton } from '../ui/Button.tsx';
import { CopyTokenButton } from './CopyTokenButton.tsx';
import type { Inspector, ShownToken } from './inspectorStore.ts';
import type { ListedSession } from './sessionList.ts';

interface TokenLineProps {
  readonly inspector: Inspector;
  readonly session: ListedSession;
  readonly token: ShownToken;
  readonly isLive: boolean;
}

/** The token, masked until somebody asks to see it. */
export function TokenLine({ inspector, session, token, isLive }: TokenLineProps) {
  const isShown = token.state === 'shown';
  return (
    <span className="token-line">
      <code>{isShown ? token.token : session.maskedToken}</code>
      {isShown ? (
        <IconButton
          label="Hide token"
          icon={<EyeOff size={14} />}
          onClick={() => inspector.hideToken()}
        />
      ) : (
        <IconButton
          label="Reveal token"
          icon={<Eye size={14} />}
          disabled={!isLive || token.state === 'asked'}
          onClick={() => void inspector.showToken()}
        />
      )}
      <CopyTokenButton inspector={inspector} sessionId={session.id} isDisabled={!isLive} />
    </span>
  );
}
