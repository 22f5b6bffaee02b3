import type { DataSetName } from '../../protocol/dataSetName.ts';
import type { logLevels } from './configValues.mjs';
import type { InspectionProof } from '../inspection/access.ts';

export type LogLevel = (typeof logLevels)[number];

/** How a server is to run, checked. */
export interface Config {
  readonly ip: string;
  /** 0: any free port. */
  readonly port: number;
  readonly maxPayloadBytes: number;
  readonly allowOrigins: readonly string[];
  readonly allowHosts: readonly string[];
  readonly inspection: InspectionProof;
  readonly logLevel: LogLevel;
  /** Where SH_SAVE writes, if it is enabled, and SH_LOAD reads. */
  readonly persist: { readonly enabled: boolean; readonly path: string };
  /** A data set to load before listening, and the directory to look in. */
  readonly load: { readonly name: DataSetName; readonly path: string } | undefined;
}

/** What was asked for on the command line. */
export type CliCommand =
  | { readonly kind: 'serve'; readonly config: Config }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

/** Where settings come from, handed in. */
export interface ConfigSources {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Throws the system's error when a file cannot be read. */
  readonly readFile: (path: string) => string;
  /** Throws the system's error when files cannot be created in the directory. */
  readonly tryDirectory: (path: string) => void;
}

/** Settings as text, wherever they were given; lists are lists of texts. */
export interface Settings {
  ip?: string;
  port?: string;
  maxPayload?: string;
  allowOrigin?: string[];
  allowHost?: string[];
  inspectKeyFile?: string;
  noInspect?: string;
  logLevel?: string;
  persistEnabled?: string;
  persistPath?: string;
  loadName?: string;
  loadPath?: string;
}

/** Both ends belong to it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}
