import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useActions, type Action, type Actions } from '../ui/action.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { lateDialogView } from '../ui/lateDialog.tsx';
import { TabList } from '../ui/TabList.tsx';
import type { Inspector } from './inspector.ts';
import { ModeChip } from './access/ModeChip.tsx';
import { feedOf } from './stream/commandFeed.ts';
import type { StreamFilter } from './stream/streamFilter.ts';
import { texts } from './texts.ts';
import type { SameValueStart, ViewId, ViewProps } from './viewProps.ts';
import { sessionsView, viewsFor } from './views.tsx';
import { WidenButton } from './WidenButton.tsx';
import './InspectorPanel.css';

export interface InspectorPanelProps extends Omit<
  ViewProps,
  'onOpenSession' | 'onShowCommands' | 'onShowSame'
> {
  /** The address of this panel without the rest of the page; absent where there is none. */
  readonly addressAlone?: (() => string) | undefined;
}

/** The live views of a server: its sessions first. */
export function InspectorPanel(props: InspectorPanelProps) {
  const { inspector, server } = props;
  const watchedId = useStore(inspector.store, ({ watched, opening }) => (watched ?? opening)?.id);
  const [viewId, setViewId] = useState<ViewId>(sessionsView.id);
  const views = viewsFor(useStore(inspector.store, (view) => view.rights));
  const { View } = views.find(({ id }) => id === viewId) ?? sessionsView;
  const openSession = (id: string) => {
    setViewId(sessionsView.id);
    inspector.watch(id);
  };
  const showCommands = (filter: Partial<StreamFilter>) => {
    feedOf(inspector).start(filter);
    setViewId('commands');
  };
  const same = useSameValue({ inspector, server, onOpenSession: openSession });
  useActions(() => viewActions({ views, show: setViewId, findSame: () => same.show(undefined) }));
  const hasSession = viewId === sessionsView.id && watchedId !== undefined;
  return (
    <section
      className={hasSession ? 'panel inspector has-session' : 'panel inspector'}
      aria-label={texts.sessions}
    >
      <PanelHead {...props} />
      {server.back && (
        <p className="notice is-warn">
          {texts.tabIsElsewhere(server.back.host)}
          <Button onClick={server.back.onShow}>{texts.backTo(server.back.host)}</Button>
        </p>
      )}
      {views.length > 1 && (
        <div className="inspector-views">
          <TabList
            label={texts.views}
            tabs={views}
            activeId={viewId}
            onActivate={setViewId}
            panelId="inspector-view"
          />
        </div>
      )}
      <div
        id="inspector-view"
        className="inspector-view"
        {...(views.length > 1 && { role: 'tabpanel', 'aria-labelledby': `tab-${viewId}` })}
      >
        <View
          {...props}
          onOpenSession={openSession}
          onShowCommands={showCommands}
          onShowSame={same.show}
        />
      </div>
      {same.dialog}
    </section>
  );
}

function PanelHead(props: InspectorPanelProps) {
  const { inspector, server, isWidened = false, onWiden, addressAlone } = props;
  return (
    <div className="panel-head">
      <h2>{server.host === undefined ? texts.sessions : texts.sessionsOf(server.host)}</h2>
      <ModeChip {...server} />
      <span className="spring" />
      <Totals inspector={inspector} />
      {addressAlone && (
        <IconButton
          label={texts.openAlone}
          icon={<ExternalLink size={14} />}
          onClick={() => window.open(addressAlone(), '_blank', 'noopener')}
        />
      )}
      {onWiden && <WidenButton isWidened={isWidened} onWiden={onWiden} />}
    </div>
  );
}

const SameValueDialog = lateDialogView(
  async () => (await import('./sameValue/SameValueDialog.tsx')).SameValueDialog,
);

/** A dialog that finds sessions with the same value, as soon as somebody asks for it. */
function useSameValue(props: Pick<ViewProps, 'inspector' | 'server' | 'onOpenSession'>) {
  const [asked, setAsked] = useState<{ readonly start: SameValueStart | undefined }>();
  const close = () => setAsked(undefined);
  const dialog = asked && (
    <Dialog title={texts.sameValue} onClose={close}>
      <SameValueDialog {...props} start={asked.start} onClose={close} />
    </Dialog>
  );
  return { dialog, show: (start: SameValueStart | undefined) => setAsked({ start }) };
}

/** The views of the server, and what is in none of them. */
interface ShownViews {
  readonly views: ReturnType<typeof viewsFor>;
  readonly show: (id: ViewId) => void;
  readonly findSame: () => void;
}

function viewActions({ views, show, findSame }: ShownViews): Actions {
  const group = texts.sessions;
  const shown = views.map(({ id, label }): [string, Action] => [
    `inspector.${id}`,
    { label: texts.showView(label), group, run: () => show(id) },
  ]);
  return {
    ...Object.fromEntries(shown),
    'inspector.sameValue': { label: texts.findSameValue, group, run: findSame },
  };
}

function Totals({ inspector }: { readonly inspector: Inspector }) {
  const sessions = useStore(inspector.store, (view) => view.totalSessions);
  const keys = useStore(inspector.store, (view) => view.totalKeys);
  const isUnknown = useStore(
    inspector.store,
    ({ status: { state }, rights }) =>
      state === 'needsKey' || state === 'off' || !rights.may.includes('look'),
  );
  if (isUnknown) return null;
  return <span className="sessions-totals">{texts.totals(sessions, keys)}</span>;
}
