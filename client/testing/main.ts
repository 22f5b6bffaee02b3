/// <reference lib="esnext.disposable" preserve="true" />

// What `seshdeck/testing` exports.
export { startServer, type ServerOptions } from './startServer.ts';
export {
  startServerProcess,
  type ServerProcess,
  type ServerProcessOptions,
} from './serverProcess.ts';
export { startRedis, type RedisOptions, type TestRedis } from './startRedis.ts';
export {
  startRedisCluster,
  type RedisClusterOptions,
  type TestRedisCluster,
} from './startRedisCluster.ts';
export type { TestServer } from './testServer.ts';
export type { Snapshot } from './snapshot.ts';
export type { Cut, DiskFault, Fault, Faults } from './faults.ts';
export type { TestClock } from './testClock.ts';
export type { ReceivedCommand } from './received.ts';
export type { Seeded, SeedOptions, SessionRef } from './sessions.ts';
