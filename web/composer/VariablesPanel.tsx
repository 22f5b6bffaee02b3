import { Variable } from 'lucide-react';
import { useState } from 'react';
import { namesUsed } from '../connection/substitute.ts';
import type { Variables } from '../connection/variables.ts';
import { Popover } from '../ui/Popover.tsx';
import { messages } from './messages.ts';
import { UnresolvedVariables } from './UnresolvedVariables.tsx';
import { VariableForm } from './VariableForm.tsx';
import { VariableRow } from './VariableRow.tsx';
import './VariablesPanel.css';

interface VariablesPanelProps {
  readonly text: string;
  readonly variables: Variables;
  readonly onSet: (name: string, value: string) => void;
  readonly onForget: (name: string) => void;
  readonly onKeepBraces: () => void;
}

/** The variables of this connection: what they hold, and which ones the message lacks. */
export function VariablesPanel(props: VariablesPanelProps) {
  return (
    <Popover
      label={messages.variables}
      title={messages.variablesHint}
      closeLabel={messages.closeVariables}
      face={
        <>
          <Variable size={14} aria-hidden />{' '}
          <span className="composer-button-label">{messages.variables}</span>
        </>
      }
    >
      <VariableList {...props} />
    </Popover>
  );
}

function VariableList({ text, variables, onSet, onForget, onKeepBraces }: VariablesPanelProps) {
  const [edited, setEdited] = useState<string>();
  const missing = namesUsed(text).filter((name) => !variables.has(name));
  return (
    <div className="variables">
      <p>{messages.variablesIntro}</p>
      {missing.length > 0 && (
        <section>
          <h4>{messages.missing}</h4>
          <UnresolvedVariables names={missing} onSet={onSet} onKeepBraces={onKeepBraces} />
        </section>
      )}
      {variables.size === 0 ? (
        <p className="variables-none">{messages.noVariables}</p>
      ) : (
        <ul aria-label={messages.variables}>
          {[...variables].map(([name, value]) => (
            <VariableRow
              key={name}
              name={name}
              value={value}
              variables={variables}
              onEdit={() => setEdited(name)}
              onForget={() => onForget(name)}
            />
          ))}
        </ul>
      )}
      <VariableForm
        // Anew for each variable, so that the fields show it.
        key={edited ?? ''}
        name={edited}
        value={edited === undefined ? undefined : variables.get(edited)}
        onSubmit={(name, value) => {
          if (edited !== undefined && edited !== name) onForget(edited);
          onSet(name, value);
          setEdited(undefined);
        }}
      />
      <p className="variables-note">{messages.literalBraces}</p>
    </div>
  );
}
