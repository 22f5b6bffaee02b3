import type { ConnectionView } from './connectionView.ts';

/** As long as a server may take to answer; then it counts as one that does not. */
const patienceMs = 10_000;

const openInBrowser = (url: string, subprotocols: string[]) => new WebSocket(url, subprotocols);

/**
 * Asks a server over a second socket: nothing of it is in the log or in the history.
 * @param texts Commands that are always answered, so that replies come in this order.
 * @returns Their replies; undefined when the server did not answer all of them.
 */
export function askServer(
  { url, subprotocols }: Pick<ConnectionView, 'url' | 'subprotocols'>,
  texts: readonly string[],
  makeSocket = openInBrowser,
): Promise<readonly string[] | undefined> {
  const replies: string[] = [];
  const socket = makeSocket(url, [...subprotocols]);
  return new Promise((resolve) => {
    const end = (answer: readonly string[] | undefined) => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), patienceMs);
    socket.addEventListener('open', () => texts.forEach((text) => socket.send(text)));
    socket.addEventListener('message', ({ data }) => {
      replies.push(String(data));
      if (replies.length === texts.length) end(replies);
    });
    socket.addEventListener('close', () => end(undefined));
  });
}
