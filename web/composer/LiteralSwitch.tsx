import { texts } from './texts.ts';

interface LiteralSwitchProps {
  readonly isLiteral: boolean;
  readonly onChange: (isLiteral: boolean) => void;
}

/** Turns the variables of this message off: its braces are sent as they are. */
export function LiteralSwitch({ isLiteral, onChange }: LiteralSwitchProps) {
  return (
    <label className="literal-switch" title={texts.literalHint}>
      <input
        type="checkbox"
        role="switch"
        checked={isLiteral}
        aria-checked={isLiteral}
        onChange={(event) => onChange(event.target.checked)}
      />
      {texts.literal}
    </label>
  );
}
