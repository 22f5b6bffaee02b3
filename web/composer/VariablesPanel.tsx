import { Variable } from 'lucide-react';
import { useState } from 'react';
import { namesMeant } from '../connection/page/substitute.ts';
import type { Variables } from '../connection/page/variables.ts';
import { Popover } from '../ui/Popover.tsx';
import { UndoNotice, type Done } from '../ui/UndoNotice.tsx';
import { LiteralSwitch } from './LiteralSwitch.tsx';
import type { LiveSources } from './liveSources.ts';
import { texts } from './texts.ts';
import { UnresolvedVariables } from './UnresolvedVariables.tsx';
import { VariableForm } from './VariableForm.tsx';
import { VariableRow } from './VariableRow.tsx';
import './VariablesPanel.css';

interface VariablesPanelProps {
  readonly text: string;
  readonly isLiteral: boolean;
  readonly variables: Variables;
  readonly sources: LiveSources;
  readonly onSet: (name: string, value: string) => void;
  readonly onCreate: (variable: string) => void;
  readonly onForget: (name: string) => void;
  /** Undefined where no braces can be kept. */
  readonly onKeepBraces: (() => void) | undefined;
  readonly onLiteral: (isLiteral: boolean) => void;
}

/** The variables of this connection: what they hold, and which ones the message lacks. */
export function VariablesPanel(props: VariablesPanelProps) {
  return (
    <Popover
      label={texts.variables}
      offered={{ name: 'composer.variables', group: texts.compose }}
      title={texts.variablesHint}
      closeLabel={texts.closeVariables}
      face={
        <>
          <Variable size={14} aria-hidden />{' '}
          <span className="composer-button-label">{texts.variables}</span>
        </>
      }
    >
      <VariableList {...props} />
    </Popover>
  );
}

function VariableList(props: VariablesPanelProps) {
  const { text, isLiteral, variables, onSet, onForget } = props;
  const [edited, setEdited] = useState<string>();
  const [done, setDone] = useState<Done>();
  const missing = namesMeant({ text, isLiteral }).filter((name) => !variables.has(name));
  return (
    <div className="variables">
      <p>{texts.variablesIntro}</p>
      <LiteralSwitch isLiteral={isLiteral} onChange={props.onLiteral} />
      {missing.length > 0 && (
        <section>
          <h4>{texts.missing}</h4>
          <UnresolvedVariables {...props} names={missing} />
        </section>
      )}
      {done && <UndoNotice done={done} onDismiss={() => setDone(undefined)} />}
      {variables.size === 0 ? (
        <p className="variables-none">{texts.noVariables}</p>
      ) : (
        <ul aria-label={texts.variables}>
          {[...variables].map(([name, value]) => (
            <VariableRow
              key={name}
              name={name}
              value={value}
              variables={variables}
              onEdit={() => setEdited(name)}
              onForget={() => {
                onForget(name);
                setDone({ text: texts.removed(name), undo: () => onSet(name, value) });
              }}
            />
          ))}
        </ul>
      )}
      <VariableForm
        // A new form for each variable, so that the fields show it.
        key={edited ?? ''}
        name={edited}
        value={edited === undefined ? undefined : variables.get(edited)}
        onSubmit={(name, value) => {
          if (edited !== undefined && edited !== name) onForget(edited);
          onSet(name, value);
          setEdited(undefined);
        }}
      />
      <p className="variables-note">{texts.literalBraces}</p>
    </div>
  );
}
