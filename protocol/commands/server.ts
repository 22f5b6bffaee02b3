import { boolean, described, object, string } from '../codec/codec.ts';
import { defineCommand } from './defineCommand.ts';
import { st } from '../codec/replyMembers.ts';

const SV_INFO = defineCommand({
  family: 'server',
  summary: 'Server details',
  description: 'Says which version the server has and whether it can save sessions to disk.',
  params: {},
  reply: object({
    st,
    serverVersion: described(string, 'Version of the server.'),
    persistEnabled: described(boolean, 'Whether it can save sessions to disk.'),
  }),
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
