/** The cookie that has the id of a visitor's session. */
export interface CookieOptions {
  /** Default: `sid`. */
  readonly name?: string;
  /** Default: `/`. */
  readonly path?: string;
  /** Default: none, so that it is sent to this host only. */
  readonly domain?: string;
  /** Whether it is sent over HTTPS only; browsers make an exception for localhost. Default: true. */
  readonly secure?: boolean;
  /** Default: `Lax`. */
  readonly sameSite?: 'Lax' | 'Strict' | 'None';
}

/** Of an id: more than anybody can guess. */
const sidBytes = 24;
const sidText = /^[\w-]{32}$/;

const nameText = /^[\w!#$%&'*+.^`|~-]+$/;
/** Of `path` and `domain`: what ends neither the value nor the header. */
const attributeText = /^[\x21-\x3A\x3C-\x7E]*$/;

/** The id of a session. */
export interface Sid {
  /** The value of the cookie. */
  readonly cookie: string;
  /** What the session is called: the hash of the id. Who sees the names of sessions cannot use them as cookies. */
  readonly name: string;
}

export function newSid(): Promise<Sid> {
  return sidOf(base64(crypto.getRandomValues(new Uint8Array(sidBytes))));
}

async function sidOf(cookie: string): Promise<Sid> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(cookie));
  return { cookie, name: base64(new Uint8Array(hash)) };
}

/** For cookies and names: without characters that mean something there. */
function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Reads and writes the cookie. Its value is a random id and nothing else, so it needs no signature. */
export class SidCookie {
  readonly #name: string;
  readonly #attributes: string;
  readonly #maxAge: number;

  /**
   * @param maxAge Seconds that the browser keeps it.
   * @throws {TypeError} for a cookie that cannot be.
   */
  constructor(options: CookieOptions, maxAge: number) {
    const whole = { ...defaults, ...options };
    check(whole);
    this.#name = whole.name;
    this.#maxAge = maxAge;
    this.#attributes = attributesOf(whole);
  }

  /** The id in a request's header. @returns undefined when there is none that was made here. */
  async read(header: string | undefined): Promise<Sid | undefined> {
    const start = `${this.#name}=`;
    const pairs = header?.split(';').map((pair) => pair.trim());
    const value = pairs?.find((pair) => pair.startsWith(start))?.slice(start.length);
    return value !== undefined && sidText.test(value) ? sidOf(value) : undefined;
  }

  /** The header for a response. @param value "" removes the cookie. */
  text(value: string): string {
    const maxAge = value === '' ? 0 : this.#maxAge;
    return `${this.#name}=${value}; Max-Age=${maxAge}; ${this.#attributes}`;
  }
}

const defaults = { name: 'sid', path: '/', secure: true, sameSite: 'Lax' };

type WholeOptions = typeof defaults & Pick<CookieOptions, 'domain'>;

function check({ name, path, domain = '', secure, sameSite }: WholeOptions): void {
  if (!nameText.test(name)) throw new TypeError('cookie.name has characters that no name may have');
  if (!attributeText.test(path) || !attributeText.test(domain)) {
    throw new TypeError('cookie.path and cookie.domain must be visible ASCII without ";"');
  }
  if (sameSite === 'None' && !secure) {
    throw new TypeError('cookie.sameSite may be None only if cookie.secure is true');
  }
}

function attributesOf({ path, domain, secure, sameSite }: WholeOptions): string {
  const ofDomain = domain === undefined ? [] : [`Domain=${domain}`];
  const ofScheme = secure ? ['Secure'] : [];
  return [`Path=${path}`, ...ofDomain, 'HttpOnly', ...ofScheme, `SameSite=${sameSite}`].join('; ');
}
