import { Eye, EyeOff, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Variables } from '../connection/page/variables.ts';
import { IconButton } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { MaskedValue } from './MaskedValue.tsx';
import { texts } from './texts.ts';

interface VariableRowProps {
  readonly name: string;
  readonly value: string;
  readonly variables: Variables;
  readonly onEdit: () => void;
  readonly onForget: () => void;
}

/** One variable, its value masked until somebody wants to see it. */
export function VariableRow({ name, value, variables, ...props }: VariableRowProps) {
  const [isRevealed, setRevealed] = useState(false);
  return (
    <li className="variable">
      <code translate="no">{`{{${name}}}`}</code>
      <span className="variable-value mono" translate="no">
        {isRevealed ? value : <MaskedValue name={name} value={value} variables={variables} />}
      </span>
      <span className="variable-actions">
        <IconButton
          label={isRevealed ? texts.hide(name) : texts.reveal(name)}
          icon={isRevealed ? <EyeOff size={14} /> : <Eye size={14} />}
          onClick={() => setRevealed(!isRevealed)}
        />
        <CopyButton label={texts.copy(name)} text={value} />
        <IconButton label={texts.edit(name)} icon={<Pencil size={14} />} onClick={props.onEdit} />
        <IconButton
          label={texts.remove(name)}
          icon={<Trash2 size={14} />}
          onClick={props.onForget}
        />
      </span>
    </li>
  );
}
