import type { ComponentProps, ReactNode } from 'react';

type NativeButton = Omit<ComponentProps<'button'>, 'className'>;

interface ButtonProps extends NativeButton {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
}

/** A button with words on it. */
export function Button({ look = 'plain', ...rest }: ButtonProps) {
  return <button type="button" className={`button is-${look}`} {...rest} />;
}

interface IconButtonProps extends NativeButton {
  /** Accessible name, also shown as a tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
}

/** A button with a picture on it and a name for those who cannot see it. */
export function IconButton({ label, icon, title = label, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className="button is-icon is-quiet"
      aria-label={label}
      title={title}
      {...rest}
    >
      {icon}
    </button>
  );
}
