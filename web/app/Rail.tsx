import { BookOpen, Bookmark, Database, LibraryBig } from 'lucide-react';
import type { ReactNode } from 'react';

/** What the left side can show. */
export type Side = 'learn' | 'reference' | 'messages';

interface RailProps {
  readonly side: Side | undefined;
  readonly isInspecting: boolean;
  readonly onSide: (side: Side | undefined) => void;
  readonly onInspecting: (isInspecting: boolean) => void;
}

/** Opens and closes the panels at the sides. */
export function Rail({ side, isInspecting, onSide, onInspecting }: RailProps) {
  const toggle = (which: Side) => onSide(side === which ? undefined : which);
  return (
    <nav className="rail" aria-label="Panels">
      <RailButton
        label="Learn"
        icon={<BookOpen size={18} />}
        isOn={side === 'learn'}
        onClick={() => toggle('learn')}
      />
      <RailButton
        label="Reference"
        icon={<LibraryBig size={18} />}
        isOn={side === 'reference'}
        onClick={() => toggle('reference')}
      />
      <RailButton
        label="Messages"
        icon={<Bookmark size={18} />}
        isOn={side === 'messages'}
        onClick={() => toggle('messages')}
      />
      <RailButton
        label="Sessions"
        icon={<Database size={18} />}
        isOn={isInspecting}
        onClick={() => onInspecting(!isInspecting)}
      />
    </nav>
  );
}

interface RailButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

/** A picture with its name under it. */
export function RailButton({ label, icon, isOn, onClick }: RailButtonProps) {
  return (
    <button type="button" className="rail-button" aria-pressed={isOn} onClick={onClick}>
      {icon}
      <span>{label}</span>
    </button>
  );
}
