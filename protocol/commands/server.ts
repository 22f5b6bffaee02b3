import { boolean, object, string, unsigned } from '../codec.ts';
import { defineCommand } from '../defineCommand.ts';

const SV_INFO = defineCommand({
  family: 'server',
  summary: 'Facts about the server',
  description: 'Tells the version of the server and whether it can save sessions to disk.',
  params: {},
  reply: object({ st: unsigned, serverVersion: string, persistEnabled: boolean }),
  volatile: ['serverVersion'],
  statuses: ['Ok'],
  isMutating: false,
  isDangerous: false,
  example: {
    request: '{"SV_INFO":{}}',
    reply: '{"SV_INFO_RSP":{"st":1,"serverVersion":"{{version}}","persistEnabled":false}}',
  },
});

export const serverCommands = { SV_INFO };
