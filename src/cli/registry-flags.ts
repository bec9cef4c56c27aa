import { bool, string, strings } from './flags.js';

const group = 'Registry';

/** The flags of every command that talks to a registry. */
export const registryFlags = {
  'skip-verify': bool({ summary: 'do not check the TLS certificate', aliases: ['k'], group }),
  'plain-http': bool({ summary: 'go without TLS', group }),
  user: string({
    summary: 'the login, user:password; the password is asked for where it is missing',
    aliases: ['u'],
    placeholder: 'USER[:PASSWORD]',
    group,
  }),
  refresh: string({ summary: 'a refresh token for the authorization server', placeholder: 'TOKEN', group }),
  'auth-realm': strings({
    summary: "send the login to this token server too, though it is outside of the registry's domain",
    placeholder: 'HOST[:PORT]',
    group,
  }),
  'hosts-dir': string({
    summary: 'a folder of hosts.toml files: mirrors, certificates',
    placeholder: 'DIR',
    group,
  }),
  tlscacert: string({ summary: "the CA of the registry's certificate", placeholder: 'FILE', group }),
  tlscert: string({ summary: 'a client certificate', placeholder: 'FILE', group }),
  tlskey: string({ summary: "the client certificate's key", placeholder: 'FILE', group }),
  'http-dump': bool({ summary: 'show requests and answers, secrets left out', group }),
  'http-trace': bool({ summary: 'show connections (with --debug)', group }),
};

const hidden = true;

/** What ctr takes along with these where nothing is fetched: read, and left alone. */
export const unusedRegistryFlags = {
  'skip-verify': bool({ summary: 'of no use here', aliases: ['k'], hidden }),
  'plain-http': bool({ summary: 'of no use here', hidden }),
  user: string({ summary: 'of no use here', aliases: ['u'], hidden }),
  refresh: string({ summary: 'of no use here', hidden }),
  'hosts-dir': string({ summary: 'of no use here', hidden }),
  tlscacert: string({ summary: 'of no use here', hidden }),
  tlscert: string({ summary: 'of no use here', hidden }),
  tlskey: string({ summary: 'of no use here', hidden }),
  'http-dump': bool({ summary: 'of no use here', hidden }),
  'http-trace': bool({ summary: 'of no use here', hidden }),
  label: strings({ summary: 'of no use here', hidden }),
};
