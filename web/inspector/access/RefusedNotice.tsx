import { useStore } from 'zustand';
import type { Right } from '../../../protocol/inspection/rights.ts';
import type { Inspector } from '../inspector.ts';
import { refusalTexts } from './allowed.ts';

interface RefusedNoticeProps {
  readonly inspector: Inspector;
  /** As the refusal says; absent: its key is not for all sessions. */
  readonly right: Right | undefined;
}

/** In the place of content that the server refused: which right is missing. */
export function RefusedNotice({ inspector, right }: RefusedNoticeProps) {
  const prefix = useStore(inspector.store, ({ rights }) => rights.prefix);
  const { why, hint } = refusalTexts(right, prefix);
  return (
    <div className="empty">
      <p>
        <strong>{why}</strong> {hint}
      </p>
    </div>
  );
}
