import { BookOpen, Bookmark, Database, LibraryBig, SendHorizontal } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { SplitView } from '../ui/SplitView.tsx';
import type { PaneSizesStore } from './paneSizes.ts';
import { RailButton } from './Rail.tsx';
import type { Panels } from './usePanels.tsx';

const views = [
  { id: 'learn', label: 'Learn', icon: <BookOpen size={18} /> },
  { id: 'compose', label: 'Compose', icon: <SendHorizontal size={18} /> },
  { id: 'reference', label: 'Reference', icon: <LibraryBig size={18} /> },
  { id: 'sessions', label: 'Sessions', icon: <Database size={18} /> },
  { id: 'messages', label: 'Messages', icon: <Bookmark size={18} /> },
] as const;

type View = (typeof views)[number]['id'];

interface NarrowLayoutProps {
  readonly panels: Panels;
  readonly tabStrip: ReactNode;
  readonly paneSizes: PaneSizesStore;
}

/** One thing at a time, for phones and small windows. */
export function NarrowLayout({ panels, tabStrip, paneSizes }: NarrowLayoutProps) {
  const [view, setView] = useState<View>('learn');
  const compose = (
    <div className="work">
      {tabStrip}
      <div className="work-panes" id="connection-panel" role="tabpanel" aria-label="Connection">
        <SplitView
          orientation="vertical"
          memory={paneSizes('narrow')}
          panes={[
            { id: 'composer', content: panels.composer, minSize: '160px' },
            { id: 'response', content: panels.response, minSize: '120px' },
          ]}
        />
      </div>
    </div>
  );
  return (
    <div className="narrow">
      <main className="narrow-view">{view === 'compose' ? compose : panels[view]}</main>
      <nav className="narrow-nav" aria-label="Panels">
        {views.map(({ id, label, icon }) => (
          <RailButton
            key={id}
            label={label}
            icon={icon}
            isOn={view === id}
            onClick={() => setView(id)}
          />
        ))}
      </nav>
    </div>
  );
}
