import type { SameValueStart, ViewProps } from '../viewProps.ts';

export interface SameValueProps extends Pick<ViewProps, 'inspector' | 'server' | 'onOpenSession'> {
  /** Absent: a person writes it. */
  readonly start: SameValueStart | undefined;
  readonly onClose: () => void;
}
