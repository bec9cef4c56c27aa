import { readFile } from 'node:fs/promises';

// Go's crypto/x509 looks in these places on Linux, in this order; Node by itself knows only Mozilla's list.
const files: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** The roots that ctr would trust here, PEM: `SSL_CERT_FILE` or the distribution's bundle. Undefined if there is none. */
export async function readSystemRoots(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const named = env['SSL_CERT_FILE'];
  for (const file of named ? [named] : files) {
    try {
      return await readFile(file, 'utf8');
    } catch {
      // Not there or not readable: the next one, as Go does.
    }
  }
  return undefined;
}
