import { defineTexts } from '../../ui/texts.ts';

/** Why a connection did not come about. */
export const unopenedMessages = defineTexts({
  refused: (host: string) =>
    `${host} is there, but did not accept this connection. If it is Seshdeck, allow this page when you start it:`,
  refusedOwn: (host: string) =>
    `${host} is there, but did not accept this connection. It may have too many connections, or the path may be wrong.`,
  otherScheme: (host: string, scheme: string) =>
    `${host} does not answer under this scheme. Try ${scheme}://${host}.`,
});
