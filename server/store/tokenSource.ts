import { createHash, randomFillSync } from 'node:crypto';
import { tokenOfBits, type Token } from '../../protocol/token.ts';

/** Where tokens come from, handed in so that tests know them beforehand. */
export interface TokenSource {
  /** A token that nobody can guess. */
  randomToken(): Token;
  /** The token of the shared session of this name: the same for ever. */
  sharedToken(name: string): Token;
}

/** Never change this: the tokens of all shared sessions follow from it. */
const sharedTokenDomain = 'seshdeck shared session\0';

const tokenBytes = 8;

/** Fills the buffer with random bytes. */
type FillRandom = (bytes: Buffer) => void;

/** Tokens by the system's cryptographic source, drawn in batches as each draw is a system call. */
export function createTokenSource({ batchSize = 512, fill = fromSystem } = {}): TokenSource {
  const pool = Buffer.alloc(batchSize * tokenBytes);
  let next = pool.length;
  const randomBits = (): bigint => {
    if (next === pool.length) {
      fill(pool);
      next = 0;
    }
    const bits = pool.readBigUInt64BE(next);
    next += tokenBytes;
    return bits;
  };
  return {
    randomToken: () => {
      let token = tokenOfBits(randomBits());
      while (token === undefined) token = tokenOfBits(randomBits());
      return token;
    },
    sharedToken,
  };
}

const fromSystem: FillRandom = (bytes) => void randomFillSync(bytes);

/** For tests: bytes that follow from the seed, so the tokens are the same in each run. Anybody can guess them. */
export function fillBySeed(seed: string): FillRandom {
  let blocks = 0;
  return (bytes) => {
    for (let at = 0; at < bytes.length; at += 32) {
      blocks += 1;
      createHash('sha256').update(`${seed}\0${blocks}`).digest().copy(bytes, at);
    }
  };
}

/** A random token that no session has. */
export function unusedToken(tokens: TokenSource, isUsed: (token: Token) => boolean): Token {
  let token = tokens.randomToken();
  while (isUsed(token)) token = tokens.randomToken();
  return token;
}

function sharedToken(name: string): Token {
  const hash = createHash('sha256').update(sharedTokenDomain).update(name, 'utf8').digest();
  for (let at = 0; at < hash.length; at += tokenBytes) {
    const token = tokenOfBits(hash.readBigUInt64BE(at));
    if (token !== undefined) return token;
  }
  throw new Error('A hash of 256 zero bits');
}
