// Plain JavaScript, as readConfig.mjs.

const minKeyLength = 16;

/**
 * The inspection key in a file. Throws one line when it is too short.
 * @param {string} file
 * @param {(path: string) => string} read
 */
export function keyIn(file, read) {
  if (file === '') throw new Error('SESHDECK_INSPECT_KEY_FILE must not be empty');
  return checkedKey(read(file).trim(), `The key in ${file}`);
}

/**
 * @param {string} key
 * @param {string} what What a refusal calls it.
 */
export function checkedKey(key, what) {
  if (key.length < minKeyLength) {
    throw new Error(`${what} must have at least ${minKeyLength} characters`);
  }
  return key;
}
