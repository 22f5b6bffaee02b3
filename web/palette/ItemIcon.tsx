import {
  AppWindow,
  BookOpen,
  Bookmark,
  Braces,
  ChevronRight,
  Database,
  KeyRound,
} from 'lucide-react';
import type { ReactNode } from 'react';

const look = { size: 14, className: 'palette-icon', 'aria-hidden': true } as const;

/** By what an id begins with. */
const icons: Readonly<Record<string, ReactNode>> = {
  command: <Braces {...look} />,
  lesson: <BookOpen {...look} />,
  saved: <Bookmark {...look} />,
  session: <Database {...look} />,
  tab: <AppWindow {...look} />,
  take: <KeyRound {...look} />,
};

/** What kind of thing a result is: something to do, or something to go to or to insert. */
export function ItemIcon({ id }: { readonly id: string }) {
  return icons[id.split(' ')[0] ?? ''] ?? <ChevronRight {...look} />;
}
