// Imports across each border of the house, and beside it those that are allowed.

/** @type {{ rule: string, file: string, text: string }[]} */
export const borderFaults = [
  ...importing({
    'protocol/imports-server.ts': '../server/commands/dispatch.ts',
    'protocol/imports-node.ts': 'node:fs',
    'protocol/imports-package.ts': 'ws',
    'protocol/commands/imports-web.ts': '../../web/log/messageLog.ts',
    'server/imports-web.ts': '../web/log/messageLog.ts',
    'server/imports-main.ts': './main.ts',
    'server/createServer.ts': './main.ts',
    'server/main.ts': './store/memory/memoryStore.ts',
    'server/transport/imports-createServer.ts': '../createServer.ts',
    'server/transport/imports-handler.ts': '../commands/sessions.ts',
    'server/transport/imports-store.ts': '../store/memory/memoryStore.ts',
    'server/imports-test.ts': '../test/server/fakeClock.ts',
    'server/commands/dispatch.ts': '../transport/gateway.ts',
    'server/commands/imports-store.ts': '../store/memory/memoryStore.ts',
    'server/commands/imports-socket.ts': 'ws',
    'server/store/imports-store.ts': './memory/memoryStore.ts',
    'server/store/imports-command.ts': '../commands/sessions.ts',
    'server/store/memory/imports-command.ts': '../../commands/sessions.ts',
    'server/store/memory/imports-socket.ts': 'node:net',
    'server/store/memory/imports-neighbour.ts': '../journal/journalStore.ts',
    'server/inspection/imports-store.ts': '../store/memory/memoryStore.ts',
    'server/inspection/imports-command.ts': '../commands/sessions.ts',
    'server/jsonPath/imports-store.ts': '../store/sessionStore.ts',
    'server/dataSets/imports-store.ts': '../store/memory/memoryStore.ts',
    'server/dataSets/imports-socket.ts': 'ws',
    'server/commands/imports-dataSets.ts': '../dataSets/diskDataSets.ts',
    'web/main.tsx': './log/LogPanel.tsx',
    'web/app/imports-server.ts': '../../server/clock.ts',
    'web/log/imports-feature.ts': '../composer/draft.ts',
    'web/log/imports-new-feature.ts': '../someday/thing.ts',
    'web/log/imports-app.ts': '../app/App.tsx',
    'web/log/imports-server.ts': '../../server/clock.ts',
    'web/log/imports-node.ts': 'node:fs',
    'web/log/imports-monaco.ts': 'monaco-editor/editor',
    'web/log/inner/imports-feature.ts': '../../composer/draft.ts',
    'web/connection/imports-feature.ts': '../log/messageLog.ts',
    'web/ui/imports-protocol.ts': '../../protocol/token.ts',
    'web/ui/imports-feature.ts': '../log/messageLog.ts',
    'e2e/imports-web.ts': '../web/log/messageLog.ts',
    'e2e/imports-store.ts': '../server/store/memory/memoryStore.ts',
    'test/server/imports-web.ts': '../../web/log/messageLog.ts',
    'bench/imports-web.ts': '../web/log/messageLog.ts',
  }),
  {
    rule: 'no-restricted-imports',
    file: 'web/log/typesOfApp.ts',
    text: `import type { thing } from '../app/thing.ts';\nexport type Mine = typeof thing;\n`,
  },
  {
    rule: 'no-restricted-imports',
    file: 'web/connection/typesOfFeature.ts',
    text: `import type { thing } from '../log/thing.ts';\nexport type Mine = typeof thing;\n`,
  },
  {
    rule: 'no-restricted-imports',
    file: 'web/log/loads-feature.ts',
    text: `export const lazy = () => import('../composer/draft.ts');\n`,
  },
];

/** What the borders must let through; one that closes everything would see every fault. */
export const borderNeighbours = [
  ...importing({
    'protocol/ok.ts': './json/readJson.ts',
    'protocol/commands/ok.ts': '../params.ts',
    'protocol/commands/ok.test.ts': 'fast-check',
    'server/ok.ts': '../protocol/frame.ts',
    'server/transport/ok.ts': '../commands/dispatch.ts',
    'server/commands/ok.ts': '../store/sessionStore.ts',
    'server/store/ok.ts': '../../protocol/token.ts',
    'server/store/memory/ok.ts': '../sessionStore.ts',
    'server/inspection/ok.ts': '../store/sessionStore.ts',
    'server/dataSets/ok.ts': '../store/sessionStore.ts',
    'server/commands/okDataSets.ts': '../dataSets/dataSetStore.ts',
    'server/store/memory/ok.test.ts': './memoryStore.ts',
    'server/inspection/ok.test.ts': '../../test/server/fakeClock.ts',
    'test/server/ok.ts': '../../server/store/memory/memoryStore.ts',
    'web/app/ok.ts': '../log/messageLog.ts',
    'web/log/okConnection.ts': '../connection/exchange.ts',
    'web/log/ok.test.ts': 'ws',
    'web/log/okUi.ts': '../ui/copyText.ts',
    'web/log/okProtocol.ts': '../../protocol/token.ts',
    'web/log/inner/ok.ts': '../../connection/exchange.ts',
    'web/connection/ok.ts': '../../protocol/frame.ts',
    'web/ui/ok.ts': './copyText.ts',
    'e2e/ok.spec.ts': '../server/createServer.ts',
    'bench/ok.ts': '../protocol/frame.ts',
  }),
  {
    file: 'web/log/okType.ts',
    text: `import type { thing } from '../composer/thing.ts';\nexport type Mine = typeof thing;\n`,
  },
];

/** A file for each entry that imports what the entry says. */
function importing(imports) {
  return Object.entries(imports).map(([file, from]) => ({
    rule: 'no-restricted-imports',
    // The name is camelCase so that the file breaks one rule only.
    file: file.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase()),
    text: `import { thing } from '${from}';\nexport const mine = (): unknown => thing;\n`,
  }));
}
