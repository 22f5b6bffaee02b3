import { useId, type ReactNode } from 'react';
import './Switch.css';

interface SwitchProps {
  readonly label: string;
  readonly hint: ReactNode;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** Something that is on or off, with a line about what that means. */
export function Switch({ label, hint, isOn, onToggle }: SwitchProps) {
  const hintId = useId();
  return (
    <div className="switch-line">
      <div>
        <strong>{label}</strong>
        <p id={hintId}>{hint}</p>
      </div>
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-label={label}
        aria-describedby={hintId}
        className="switch"
        onClick={onToggle}
      >
        <span />
      </button>
    </div>
  );
}
