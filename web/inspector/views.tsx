import type { ReactNode } from 'react';
import type { Rights } from '../../protocol/inspection/rights.ts';
import { lateView } from '../ui/late.tsx';
import { SessionsView } from './SessionsView.tsx';
import { texts } from './texts.ts';
import type { ViewId, ViewProps } from './viewProps.ts';

/** A view of a server, with its own tab. */
interface ServerView {
  readonly id: ViewId;
  readonly label: string;
  readonly View: (props: ViewProps) => ReactNode;
}

/** The view that shows sessions and opens one. */
export const sessionsView: ServerView = {
  id: 'sessions-view',
  label: texts.sessions,
  View: SessionsView,
};

/** In the order of their tabs. All but the first are loaded when they are first shown. */
const views: readonly ServerView[] = [
  sessionsView,
  {
    id: 'overview',
    label: texts.overview,
    View: lateView(async () => (await import('./overview/OverviewView.tsx')).OverviewView),
  },
  {
    id: 'commands',
    label: texts.commands,
    View: lateView(async () => (await import('./stream/CommandsView.tsx')).CommandsView),
  },
  {
    id: 'clients',
    label: texts.clients,
    View: lateView(async () => (await import('./clients/ClientsView.tsx')).ClientsView),
  },
  {
    id: 'audit',
    label: texts.audit,
    View: lateView(async () => (await import('./access/AuditView.tsx')).AuditView),
  },
];

/** The views that a key allows: the audit list has a tab only where it may be seen. */
export function viewsFor({ may }: Rights): readonly ServerView[] {
  return views.filter(({ id }) => id !== 'audit' || may.includes('audit'));
}
