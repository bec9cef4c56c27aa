import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A certificate and its key, PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** Certificates made for one test run. */
export interface Certificates {
  /** Of the authority that signed the others; also as a file. */
  readonly ca: string;
  readonly caFile: string;
  /** For localhost, 127.0.0.1 and ::1. */
  readonly good: Pair;
  readonly selfSigned: Pair;
  readonly wrongHost: Pair;
  readonly expired: Pair;
  readonly client: Pair & { readonly certFile: string; readonly keyFile: string };
  remove(): Promise<void>;
}

const run = promisify(execFile);
const names = 'DNS:localhost,IP:127.0.0.1,IP:::1';

/** Makes an authority and what it signs, with the machine's openssl. */
export async function makeCertificates(): Promise<Certificates> {
  const directory = await mkdtemp(join(tmpdir(), 'tctr-certs-'));
  const path = (name: string) => join(directory, name);
  const openssl = (...argv: string[]) => run('openssl', argv, { cwd: directory });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const selfSign = (name: string, subject: string, ...extra: string[]) =>
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      '-days',
      '2',
      '-subj',
      subject,
      ...extra,
    );
  const sign = async (name: string, san: string, ...validity: string[]) => {
    await openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    await writeFile(path(`${name}.ext`), `subjectAltName=${san}\n`);
    const ca = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    await openssl('x509', '-req', '-in', `${name}.csr`, ...ca, '-out', `${name}.crt`, ...validity);
  };
  const pair = async (name: string): Promise<Pair> => ({
    cert: await readFile(path(`${name}.crt`), 'utf8'),
    key: await readFile(path(`${name}.key`), 'utf8'),
  });

  await selfSign('ca', '/CN=test authority');
  await selfSign('self', '/CN=localhost', '-addext', `subjectAltName=${names}`);
  await sign('good', names, '-days', '2');
  await sign('wrong', 'DNS:other.test', '-days', '2');
  // Valid until yesterday: OpenSSL 3.0 takes no dates here, but a negative number of days.
  await sign('expired', names, '-days', '-1');
  await sign('client', 'DNS:client.test', '-days', '2');
  return {
    ca: await readFile(path('ca.crt'), 'utf8'),
    caFile: path('ca.crt'),
    good: await pair('good'),
    selfSigned: await pair('self'),
    wrongHost: await pair('wrong'),
    expired: await pair('expired'),
    client: { ...(await pair('client')), certFile: path('client.crt'), keyFile: path('client.key') },
    remove: () => rm(directory, { recursive: true }),
  };
}
