import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { Environment } from './proxy.js';
import { readSystemRoots } from './system-roots.js';
import type { TlsSettings } from '../tls-settings.js';

/** A TLS context and a number that tells it from others. */
export interface NumberedContext {
  readonly id: number;
  readonly context: Promise<SecureContext>;
}

/** TLS contexts by the settings that they come from: each reads a few hundred certificates, so that it is made once. */
export class SecureContexts {
  readonly #made = new Map<TlsSettings, NumberedContext>();
  #systemRoots: Promise<string | undefined> | undefined;

  constructor(readonly env: Environment) {}

  /** The context of settings; the same object gives the same context. */
  of(tls: TlsSettings): NumberedContext {
    const known = this.#made.get(tls);
    if (known !== undefined) return known;
    const made = { id: this.#made.size, context: this.#make(tls) };
    // Whoever asked awaits it; until then its failure is not unhandled.
    made.context.catch(() => undefined);
    this.#made.set(tls, made);
    return made;
  }

  async #make(tls: TlsSettings): Promise<SecureContext> {
    this.#systemRoots ??= readSystemRoots(this.env);
    const roots = tls.roots ?? (await this.#systemRoots) ?? rootCertificates.join('\n');
    return createSecureContext({
      ca: [roots, ...tls.extraRoots],
      cert: tls.clientPairs.map(({ cert }) => cert),
      key: tls.clientPairs.map(({ key }) => key),
      minVersion: 'TLSv1.2',
    });
  }
}
