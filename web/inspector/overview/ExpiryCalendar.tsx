import { useState } from 'react';
import { useStore } from 'zustand';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { shortName } from '../../../protocol/text/visibleText.ts';
import { UndoNotice, type Done } from '../../ui/UndoNotice.tsx';
import { useWhyNot } from '../access/allowed.ts';
import { useConfirm } from '../access/useConfirm.tsx';
import { actsOf } from '../acts.ts';
import { faultOf } from '../actWords.ts';
import { composeFor } from '../composeFor.ts';
import { CommandButton } from '../CommandButton.tsx';
import { commandText, expiryCommand } from '../commandText.ts';
import { CountdownText } from '../CountdownText.tsx';
import type { ViewProps } from '../viewProps.ts';
import { titleOf } from '../words.ts';
import { texts } from './texts.ts';

type Figures = Extract<InspectionEvent, { type: 'figures' }>;

interface ExpiryCalendarProps extends ViewProps {
  readonly figures: Figures;
}

const terms = ['minute', 'hour', 'day'] as const;
const touch = commandText('SH_TOUCH');
const never = expiryCommand(null);

/** What expires in the next minute, hour and day; each session there can be kept. */
export function ExpiryCalendar({ figures, ...props }: ExpiryCalendarProps) {
  const { inspector, server } = props;
  const { confirm, dialog } = useConfirm(server);
  const prefix = useStore(inspector.store, ({ rights }) => rights.prefix);
  const [done, setDone] = useState<Done>();
  const run = async (command: string, id: string, whenDone: Done) => {
    const fault = faultOf(await actsOf(inspector).run(command, id), prefix);
    setDone(fault === undefined ? whenDone : { text: fault });
  };
  const onTouch = (session: SessionSummary) => {
    const name = shortName(titleOf(session));
    confirm({
      reach: 'key',
      count: 1,
      command: touch,
      title: texts.touchTitle(name),
      text: texts.touchText,
      action: texts.touch,
      run: () => void run(touch, session.id, { text: texts.touched(name) }),
    });
  };
  const onPause = ({ id, expiry, ...session }: SessionSummary) => {
    const name = shortName(titleOf({ id, expiry, ...session }));
    const back = expiryCommand(expiry);
    const undo = () => void run(back, id, { text: texts.resumed(name) });
    confirm({
      reach: 'key',
      count: 1,
      command: never,
      title: texts.pauseTitle(name),
      text: texts.pauseText,
      action: texts.pause,
      run: () => void run(never, id, { text: texts.paused(name), undo }),
    });
  };
  return (
    <section aria-label={texts.calendar}>
      <h3>{texts.calendar}</h3>
      {done && <UndoNotice done={done} onDismiss={() => setDone(undefined)} />}
      <div className="calendar">
        {terms.map((term) => (
          <Term key={term} {...props} {...{ term, figures, onTouch, onPause }} />
        ))}
      </div>
      <p className="overview-note">{texts.laterAndNever(figures.later, figures.never)}</p>
      {dialog}
    </section>
  );
}

interface TermProps extends ExpiryCalendarProps {
  readonly term: (typeof terms)[number];
  readonly onTouch: (session: SessionSummary) => void;
  readonly onPause: (session: SessionSummary) => void;
}

function Term({ term, figures, ...props }: TermProps) {
  const { sessions, first } = figures[term];
  return (
    <section className="calendar-term" aria-label={texts[term]}>
      <h4>
        {texts[term]} <span className="overview-note">{texts.ends(sessions)}</span>
      </h4>
      {first.length === 0 ? (
        <p className="overview-note">{texts.nothingExpires}</p>
      ) : (
        <ul>
          {first.map((session) => (
            <Ending key={session.id} {...props} session={session} />
          ))}
        </ul>
      )}
      {sessions > first.length && first.length > 0 && (
        <p className="overview-note">{texts.andMore(sessions - first.length)}</p>
      )}
    </section>
  );
}

interface EndingProps extends Omit<TermProps, 'term' | 'figures'> {
  readonly session: SessionSummary;
}

function Ending({ session, inspector, onOpenSession, onUse, ...props }: EndingProps) {
  const whyNot = useWhyNot(inspector, 'change');
  const noToken = useWhyNot(inspector, 'reveal');
  const onCompose =
    noToken === undefined && onUse
      ? (command: string) => void composeFor(inspector, { session, commands: [command], onUse })
      : undefined;
  const title = titleOf(session);
  const name = shortName(title);
  return (
    <li className="calendar-row">
      <button
        type="button"
        className="figure-link"
        title={title}
        translate="no"
        onClick={() => onOpenSession(session.id)}
      >
        {name}
      </button>
      <CountdownText inspector={inspector} expiry={session.expiry} />
      <span className="calendar-actions" role="group" aria-label={name}>
        <CommandButton
          look="quiet"
          command={touch}
          {...{ whyNot, onCompose }}
          onRun={() => props.onTouch(session)}
        >
          {texts.touch}
        </CommandButton>
        <CommandButton
          look="quiet"
          command={never}
          {...{ whyNot, onCompose }}
          onRun={() => props.onPause(session)}
        >
          {texts.pause}
        </CommandButton>
      </span>
    </li>
  );
}
