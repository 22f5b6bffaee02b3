import type * as Client from 'ioredis';

/** Reads until V8 keeps how it found a property; three are enough on Node 20 to 24. */
const reads = 100;

/** Loads ioredis: late, so that a server without Redis starts as fast as before. */
export async function loadClient(): Promise<typeof Client> {
  const client = await import('ioredis');
  keepStringsFast();
  return client;
}

/**
 * ioredis derives a class from String. From then on V8 looks up every method of a string in a slow table, which makes
 * reading JSON take twice the time, until one is read through an object that inherits from String.prototype.
 */
function keepStringsFast(): void {
  const inheriting = Object.create(String.prototype) as { readonly charCodeAt: unknown };
  let found = 0;
  for (let read = 0; read < reads; read += 1) {
    if (typeof inheriting.charCodeAt === 'function') found += 1;
  }
  if (found < reads) throw new Error('String.prototype has no charCodeAt');
}
