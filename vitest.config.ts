import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __APP_VERSION__: '"test"' },
  test: {
    include: ['{protocol,server,web,scripts}/**/*.test.{ts,tsx}'],
    pool: 'threads',
  },
});
