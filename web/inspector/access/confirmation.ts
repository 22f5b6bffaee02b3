import type { ReactNode } from 'react';

/** What an action reaches: a key, one session, or several. */
export type Reach = 'key' | 'session' | 'sessions';

/** What is asked for before an action is carried out. */
export type Grade =
  /** Nothing: it can be undone. */
  'nothing' | 'yes' | 'count' | 'serverName' | 'countAndServerName';

/** An action that a person is about to take. */
export interface Confirmation {
  readonly reach: Reach;
  /** As a question: "End 3 sessions?" */
  readonly title: string;
  /** What it does, and whether it can be undone. */
  readonly text: string;
  /** The command that it amounts to. */
  readonly command?: string | undefined;
  /** How many sessions it reaches. */
  readonly count: number;
  /** On the button: "End 3 sessions". */
  readonly action: string;
  /** What else is asked for, in the dialog only. */
  readonly fields?: ReactNode;
  /** @param valueOf What was written into the field of a name; empty where nothing was asked. */
  readonly run: (valueOf: (name: string) => string) => void;
}

/** How much is asked: on a production server, one grade more. */
export function gradeOf(reach: Reach, isProduction: boolean): Grade {
  switch (reach) {
    case 'key':
      return isProduction ? 'yes' : 'nothing';
    case 'session':
      return isProduction ? 'serverName' : 'yes';
    case 'sessions':
      return isProduction ? 'countAndServerName' : 'count';
  }
}
