import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';

/** @import { TlsFiles } from './configTypes.ts' */

/**
 * Reads a certificate with its chain and the key for it. Throws an error of one line that names the file.
 * @param {TlsFiles} files
 * @param {(path: string) => string} readFile Throws an error that names the file.
 */
export function readTlsPair({ certFile, keyFile }, readFile) {
  const [cert, key] = [readFile(certFile), readFile(keyFile)];
  check(() => new X509Certificate(cert), `${certFile} has no certificate in PEM`);
  check(
    () => createSecureContext({ key }),
    `${keyFile} has no private key in PEM without a password`,
  );
  check(() => createSecureContext({ cert, key }), `${keyFile} is not the key for ${certFile}`);
  return { cert, key };
}

/**
 * @param {() => unknown} attempt
 * @param {string} line
 */
function check(attempt, line) {
  try {
    attempt();
  } catch (error) {
    throw new Error(line, { cause: error });
  }
}
