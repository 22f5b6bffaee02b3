import { commandNames } from '../../../protocol/commands/catalog.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { isSuccessCode, statusCodes } from '../../../protocol/status.ts';
import { texts } from './texts.ts';

/** What a person chose and wrote to see some commands only. Empty: all. */
export interface StreamFilter {
  readonly connection: string;
  /** Name of a server, where there are several. */
  readonly server: string;
  /** How names begin, several apart by spaces or commas. */
  readonly command: string;
  /** Empty, `failed`, or a code. */
  readonly status: string;
  /** Id of a session. */
  readonly session: string;
  readonly slowerThanMs: string;
}

export const noFilter: StreamFilter = {
  connection: '',
  server: '',
  command: '',
  status: '',
  session: '',
  slowerThanMs: '',
};

/** What the server is asked for. */
type ServerFilter = Omit<Extract<InspectionRequest, { type: 'stream' }>, 'type' | 'number'>;

/** Why a filter cannot be carried out, by its field. */
export type FilterFaults = { readonly [Field in keyof StreamFilter]?: string };

const failureCodes: readonly number[] = Object.values(statusCodes).filter(
  (code) => !isSuccessCode(code),
);

export function faultsOf(filter: StreamFilter): FilterFaults {
  const unknown = unknownIn(filter.command);
  return {
    ...(wholeNumber(filter.connection, 1) === null && { connection: texts.badConnection }),
    ...(unknown !== undefined && { command: texts.badCommand(unknown) }),
    ...(wholeNumber(filter.slowerThanMs, 0) === null && { slowerThanMs: texts.badDuration }),
  };
}

/** For the server; to be called when there are no {@link faultsOf}. */
export function serverFilterOf(filter: StreamFilter): ServerFilter {
  return {
    connection: wholeNumber(filter.connection, 1) ?? undefined,
    server: filter.server || undefined,
    commands: filter.command.trim() === '' ? undefined : beginnings(filter.command).flatMap(named),
    statuses: statusesOf(filter.status),
    session: filter.session.trim() || undefined,
    slowerThanMs: wholeNumber(filter.slowerThanMs, 0) ?? undefined,
  };
}

function statusesOf(status: string): number[] | undefined {
  if (status === '') return undefined;
  return status === 'failed' ? [...failureCodes] : [Number(status)];
}

/** @returns undefined when nothing was written, null when it is no number of at least so much. */
function wholeNumber(text: string, least: number): number | undefined | null {
  const written = text.trim();
  if (written === '') return undefined;
  const value = Number(written);
  return /^\d+$/.test(written) && Number.isSafeInteger(value) && value >= least ? value : null;
}

function beginnings(command: string): string[] {
  return command
    .toUpperCase()
    .split(/[\s,]+/)
    .map((each) => each.replace(/\*$/, ''))
    .filter((each) => each !== '');
}

function named(beginning: string): string[] {
  return commandNames.filter((name) => name.startsWith(beginning));
}

function unknownIn(command: string): string | undefined {
  return beginnings(command).find((each) => named(each).length === 0);
}
