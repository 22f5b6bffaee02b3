import type { Draft } from '../composer/draft.ts';
import type { Connection } from '../connection/page/connection.ts';
import { isOk, settled } from './ask.ts';
import { texts } from './texts.ts';

/** Where the demonstration happens. */
export interface Stage {
  readonly connection: Connection;
  readonly draft: Draft;
  /** Sends what is in the composer, as its button does. */
  readonly send: () => Promise<void>;
  /** @param at Index of the step; its message is in the composer. */
  readonly onStep: (at: number) => void;
  /** A message goes out, or its reply comes in. */
  readonly onMove: (name: string, to: 'log' | 'sessions') => void;
  /** Until the next thing may happen; rejects when it is to end. */
  readonly pause: (ms: number) => Promise<void>;
  /** Until the session is gone. */
  readonly gone: () => Promise<void>;
  /** Seconds that the session may stay. */
  readonly lifetimeSec: number;
}

/** Why it ended. */
export type PlayEnd = 'over' | 'stopped' | 'failed';

interface Step {
  readonly says: string;
  /** Absent: there is nothing to send. */
  readonly text?: (lifetimeSec: number) => string;
}

const lookMs = 1100;
const readMs = 900;

export const steps: readonly Step[] = [
  {
    says: texts.created,
    text: (sec) => `{"SH_NEW":{"name":"demo","expiry":{"duration":${sec},"deleteSession":true}}}`,
  },
  {
    says: texts.stored,
    text: () => '{"KV_SET":{"tkn":"{{tkn:demo}}","keys":{"item":"bicycle","price":499.00}}}',
  },
  { says: texts.read, text: () => '{"KV_GET":{"tkn":"{{tkn:demo}}","keys":["item"]}}' },
  { says: texts.expires },
];

/**
 * Plays a session's life with real messages. What was in the composer and in `{{tkn}}` before is
 * there again afterwards; typing in the composer ends it.
 */
export async function playSession(stage: Stage): Promise<PlayEnd> {
  const { connection, draft } = stage;
  const { text, isLiteral } = draft.store.getState();
  const tokenBefore = connection.store.getState().variables.get('tkn');
  const shown = { text };
  const isUntouched = () => draft.store.getState().text === shown.text;
  try {
    for (const [at, step] of steps.entries()) {
      stage.onStep(at);
      if (!step.text) {
        await stage.gone();
        break;
      }
      if (!isUntouched()) return 'stopped';
      shown.text = step.text(stage.lifetimeSec);
      draft.setMessage({ text: shown.text, isLiteral: false });
      await stage.pause(lookMs);
      if (!isUntouched()) return 'stopped';
      if (!(await sendStep(stage))) return 'failed';
      await stage.pause(readMs);
    }
    return 'over';
  } catch {
    return 'stopped';
  } finally {
    if (isUntouched()) draft.setMessage({ text, isLiteral });
    connection.variables.forget('tkn:demo');
    if (tokenBefore === undefined) connection.variables.forget('tkn');
    else connection.variables.set('tkn', tokenBefore);
  }
}

/** @returns Whether the server answered Ok. */
async function sendStep({ draft, send, onMove }: Stage): Promise<boolean> {
  const before = draft.lastExchange();
  await send();
  const exchange = draft.lastExchange();
  if (!exchange || exchange === before) return false;
  onMove(exchange.message.name, 'log');
  const reply = await settled(exchange);
  if (reply) onMove(reply.name, 'sessions');
  return isOk(reply);
}
