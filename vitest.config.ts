import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __APP_VERSION__: '"test"' },
  test: {
    include: ['{protocol,client,server,web,scripts,test}/**/*.test.{ts,tsx}'],
    pool: 'threads',
    // Files share a worker's modules: 7 s of work instead of 12. Nothing of ours keeps state in a module.
    isolate: false,
    // Many tests wait for sockets and processes; Vitest leaves one processor idle.
    maxWorkers: '100%',
    // Some tests bound the time of hostile input; on a busy machine five seconds are too few.
    testTimeout: 20_000,
    // What is waited for comes late on a busy machine; the usual second is too short.
    expect: { poll: { timeout: 10_000 } },
    // Some start servers before their tests.
    hookTimeout: 30_000,
  },
});
