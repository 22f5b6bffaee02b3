import type { DataSetName } from '../../protocol/dataSetName.ts';
import type { InspectionProof } from '../inspection/access.ts';
import type { logFormats, logLevels } from './logLevels.mjs';

export type LogLevel = (typeof logLevels)[number];
export type LogFormat = (typeof logFormats)[number];

/** An address of this machine, and a port; 0: any free one. */
export interface ListenAddress {
  readonly ip: string;
  readonly port: number;
}

/** An address, or a network: address and number of bits. */
export interface Network {
  readonly address: string;
  readonly bits: number;
}

/** Where a certificate and its key are. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** How a server is to run, checked. */
export interface Config {
  readonly ip: string;
  /** 0: any free port. */
  readonly port: number;
  readonly maxPayloadBytes: number;
  readonly allowOrigins: readonly string[];
  readonly allowHosts: readonly string[];
  readonly inspection: InspectionProof;
  /** Absent: plain HTTP and WebSocket. The texts are PEM, as the files had them at the start. */
  readonly tls: (TlsFiles & { readonly cert: string; readonly key: string }) | undefined;
  /** Proxies whose X-Forwarded headers are believed. */
  readonly trustedProxies: readonly Network[];
  /** Where `/metrics` is served, if apart from the console. */
  readonly metricsListen: ListenAddress | undefined;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** Where sessions are kept. */
  readonly data: DataPlace;
  /** Where SH_SAVE writes, if it is enabled, and SH_LOAD reads. */
  readonly persist: { readonly enabled: boolean; readonly path: string };
  /** A data set to load before listening, and the directory to look in. */
  readonly load: { readonly name: DataSetName; readonly path: string } | undefined;
  readonly limits: ConfiguredLimits;
  /** Answered with `CommandDisabled`. */
  readonly disabledCommands: readonly string[];
  /** Commands that change data are answered with `ReadOnly`. */
  readonly isReadOnly: boolean;
  /** The console is opened in the default browser of this machine. */
  readonly opensBrowser: boolean;
}

/** Limits that can be set. Undefined: as much as there is memory for. */
export interface ConfiguredLimits {
  readonly maxSessions: number | undefined;
  readonly maxKeys: number | undefined;
  readonly maxMemoryBytes: number | undefined;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly maxSaves: number;
  readonly maxSaveBytes: number;
  readonly snapshotBytes: number;
  /** 0: no changes are remembered. */
  readonly historyBytes: number | undefined;
}

/** `commit`: a reply waits until its change is on disk; `relaxed`: a crash may lose the last second. */
export type DataPlace =
  | { readonly kind: 'memory' }
  | { readonly kind: 'disk'; readonly path: string; readonly durability: 'commit' | 'relaxed' }
  | RedisPlace;

/** Redis or Valkey, shared by several servers. */
export interface RedisPlace extends RedisNodes {
  readonly kind: 'redis';
  readonly cluster: 'auto' | 'on' | 'off';
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** How long a request may wait for a node, in milliseconds. */
  readonly waitMs: number;
  /** When a change is confirmed: see {@link RedisAccess.ack}. */
  readonly ack: ClusterAck;
  /** Of this server, in the consoles of all; undefined: its host and port. */
  readonly serverName: string | undefined;
}

export type ClusterAck = 'replica' | 'strict' | 'master';

/** Where Redis is: one node, or some of a cluster. */
export interface RedisNodes {
  readonly isTls: boolean;
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
}

/** What was asked for on the command line. */
export type CliCommand = Work | { readonly kind: 'help' } | { readonly kind: 'version' };

/** What is more than an answer. */
export type Work =
  | { readonly kind: 'serve'; readonly config: Config }
  | { readonly kind: 'tool'; readonly tool: Tool };

/** A command that works on the data of a directory, or on a running server, instead of serving. */
export type Tool =
  | { readonly name: 'check'; readonly directory: string }
  | { readonly name: 'repair'; readonly directory: string; readonly newDirectory: string }
  | { readonly name: 'backup'; readonly directory: string; readonly file: string }
  | {
      readonly name: 'download';
      readonly url: string;
      readonly file: string;
      /** Absent: the server gives a ticket, which it does on this machine. */
      readonly key: string | undefined;
    }
  | { readonly name: 'restore'; readonly file: string; readonly newDirectory: string }
  | {
      readonly name: 'copy';
      readonly from: CopyPlace;
      /** Redis, or a new directory. */
      readonly to: Exclude<CopyPlace, { readonly kind: 'server' }>;
    }
  | {
      readonly name: 'bench';
      readonly url: string;
      readonly connections: number;
      readonly inFlight: number;
      /** For each command. */
      readonly seconds: number;
      readonly commands: readonly ('KV_SET' | 'KV_GET' | 'SH_INFO')[];
      /** Of each request, and the length of their values. */
      readonly keys: number;
      readonly valueBytes: number;
      readonly isJson: boolean;
    };

/** Where sessions are. A path: a data directory, a backup or a save. */
export type CopyPlace =
  | { readonly kind: 'redis'; readonly access: RedisPlace; readonly url: string }
  | { readonly kind: 'server'; readonly url: string; readonly key: string | undefined }
  | { readonly kind: 'path'; readonly path: string };

/** What tools need of the settings. */
export interface ToolSources {
  /** Reads the inspection key, if one is set. */
  readonly readKey: () => string | undefined;
  /** How to reach Redis there, with user and password of the environment. */
  readonly readRedis: (url: string) => RedisPlace;
}

/** Where settings come from, handed in. */
export interface ConfigSources {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Throws the system's error when a file cannot be read. */
  readonly readFile: (path: string) => string;
  /** Throws the system's error when files cannot be created in the directory. */
  readonly tryDirectory: (path: string) => void;
}

/** The checked value of each setting. Undefined: not given, and there is no default. */
export interface SettingValues {
  readonly config: string | undefined;
  readonly ip: string;
  readonly port: number;
  readonly maxPayload: number;
  readonly memory: boolean;
  readonly data: string;
  readonly durability: 'commit' | 'relaxed';
  readonly store: RedisNodes | undefined;
  readonly storeCluster: 'auto' | 'on' | 'off';
  readonly storeUser: string | undefined;
  readonly storePassword: string | undefined;
  readonly storePasswordFile: string | undefined;
  readonly storeWait: number;
  readonly clusterAck: ClusterAck;
  readonly serverName: string | undefined;
  readonly allowOrigin: readonly string[];
  readonly allowHost: readonly string[];
  readonly inspectKeyFile: string | undefined;
  readonly inspectKeys: string | undefined;
  readonly noInspect: boolean;
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  readonly trustProxy: readonly Network[];
  readonly metricsListen: ListenAddress | undefined;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly persistEnabled: boolean;
  readonly persistPath: string;
  readonly loadName: DataSetName | undefined;
  readonly loadPath: string | undefined;
  readonly maxSessions: number | undefined;
  readonly maxKeys: number | undefined;
  readonly maxMemory: number | undefined;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly maxSaves: number;
  readonly maxSaveBytes: number;
  readonly snapshotBytes: number;
  readonly history: number | undefined;
  readonly disableCommand: readonly string[];
  readonly readOnly: boolean;
  readonly open: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

export type SettingName = keyof SettingValues;

/** Settings as they were given: a text, or a list of texts. */
export type SettingTexts = { readonly [N in SettingName]?: string | readonly string[] | undefined };

/**
 * Reads one text.
 * @param text A flag's argument, a variable, or a member of the file as text.
 * @param name What the setting is called in an error.
 * @param shown The text as an error quotes it.
 */
export type ParseSetting<T> = (text: string, name: string, shown: string) => T;

type ItemOf<V> = V extends readonly (infer T)[] ? T : NonNullable<V>;

/** One row of the table of settings: all that is said about a setting anywhere. */
export interface Setting<V> {
  /** Name of the option, without dashes. Absent: there is no option. */
  readonly flag?: string;
  /** One letter that stands for the option too. */
  readonly short?: string;
  /** The environment variable; a list is separated by commas. */
  readonly env?: string;
  /** Member of the configuration file, and its type there. */
  readonly file?: FileMember<V>;
  /** What the setting is called in an error. */
  readonly name: string;
  readonly parse: ParseSetting<ItemOf<V>>;
  /** How often it may be given; absent: once, with a text. */
  readonly takes?: 'list' | 'nothing';
  readonly default: V;
  /** What stands for the text in the help, and its line there; absent: only the option is named. */
  readonly help?: readonly [placeholder: string, line: string];
}

/** Where the configuration file has a setting. */
export interface FileMember<V> {
  readonly path: `${'kv' | 'data' | 'persist' | 'console' | 'limits'}.${string}`;
  readonly type: 'string' | 'unsigned' | 'boolean' | 'strings';
  /** The file says the opposite: true there is false here. */
  readonly isOpposite?: true;
  /** Where the file is stricter than flag and environment. */
  readonly parse?: ParseSetting<ItemOf<V>>;
}
