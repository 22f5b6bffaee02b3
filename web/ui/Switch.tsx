import './Switch.css';

interface SwitchProps {
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** Something that is on or off, with a line about what that means. */
export function Switch({ label, hint, isOn, onToggle }: SwitchProps) {
  return (
    <div className="switch-line">
      <div>
        <strong>{label}</strong>
        <p>{hint}</p>
      </div>
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-label={label}
        className="switch"
        onClick={onToggle}
      >
        <span />
      </button>
    </div>
  );
}
