import { messages } from './messages.ts';

interface LiteralSwitchProps {
  readonly isLiteral: boolean;
  readonly onChange: (isLiteral: boolean) => void;
}

/** Turns the variables of this message off: its braces are sent as they are. */
export function LiteralSwitch({ isLiteral, onChange }: LiteralSwitchProps) {
  return (
    <label className="literal-switch" title={messages.literalHint}>
      <input
        type="checkbox"
        role="switch"
        checked={isLiteral}
        aria-checked={isLiteral}
        onChange={(event) => onChange(event.target.checked)}
      />
      {messages.literal}
    </label>
  );
}
