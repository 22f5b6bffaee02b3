import { spawn } from 'node:child_process';

/** A program and what it is started with. */
interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** What opens an address in the default browser of a platform, as `process.platform` names it. */
export function openCommand(url: string, platform: string): Command {
  if (platform === 'darwin') return { file: 'open', args: [url] };
  if (platform !== 'win32') return { file: 'xdg-open', args: [url] };
  // Without a shell, where characters of the address could have a meaning of their own.
  return { file: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
}

/** The address at which a browser of this machine finds a server that listens at `url`. */
export function localUrl(url: string): string {
  return url.replace(/\/\/0\.0\.0\.0(?=:)/, '//127.0.0.1').replace('//[::]:', '//[::1]:');
}

interface Machine {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Opens an address in the default browser. @param onFail Called when that does not work. */
export function openBrowser(
  url: string,
  { platform, env }: Machine,
  onFail: (why: string) => void,
): void {
  const { file, args } = openCommand(url, platform);
  const program = spawn(file, args, { env, stdio: 'ignore', detached: true });
  program.once('error', (error) => onFail(error.message));
  program.once('exit', (code) => {
    if (code !== null && code !== 0) onFail(`${file} ended with exit code ${code}`);
  });
  // The server may end while the program still runs.
  program.unref();
}
