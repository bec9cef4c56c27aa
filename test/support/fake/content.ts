import { ContentDefinition, type Info, type Status } from '../../../src/gen/services/content/v1/content.js';
import { parseDigest, type Digest } from '../../../src/oci/digest.js';
import { fieldsOf, matcher } from './filter.js';
import { service, type FakeService } from './handlers.js';
import { checkDigest } from './identifiers.js';
import { invalidArgument, notFound, outOfRange } from './refusal.js';
import type { Ingest, State } from './state.js';
import { maskedLabels } from './update-mask.js';
import { writeContent } from './write-content.js';

const chunk = 1 << 20;

/** containerd.services.content.v1.Content. */
export function content(state: State): FakeService {
  const find = (namespace: string, text: string, words = (problem: string) => problem): Info => {
    const info = state.read(namespace).blobs.get(checkDigest(text, words));
    if (!info) throw notFound(`content digest ${text}: not found`);
    return info;
  };
  const ingest = (namespace: string, ref: string, context = ''): Ingest => {
    const found = state.read(namespace).ingests.get(ref);
    if (!found) throw notFound(`${context}reference ${ref}: not found`);
    return found;
  };
  return service(ContentDefinition, {
    info: ({ digest }, { namespace }) => ({
      info: find(namespace, digest, () => `"${digest}" failed validation`),
    }),
    update({ info, updateMask = [] }, { namespace }) {
      const former = find(namespace, info?.digest ?? '');
      const wrong = updateMask.find((path) => path !== 'labels' && !path.startsWith('labels.'));
      if (wrong !== undefined) {
        throw invalidArgument(
          `cannot update "${wrong}" field on content info "${former.digest}": invalid argument`,
        );
      }
      const labels = maskedLabels(former.labels, info?.labels ?? new Map(), updateMask);
      const updated = { ...former, labels, updatedAt: state.clock() };
      state.read(namespace).blobs.set(former.digest as Digest, updated);
      return { info: updated };
    },
    async *list({ filters }, { namespace }) {
      const matches = matcher(filters);
      const all = [...state.read(namespace).blobs.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1));
      const info = all.filter(({ digest, size, labels }) =>
        matches(fieldsOf({ digest, size: String(size) }, { labels })),
      );
      if (info.length > 0) yield await Promise.resolve({ info });
    },
    delete({ digest }, { namespace }) {
      find(namespace, digest);
      state.read(namespace).blobs.delete(digest as Digest);
      if (![...state.namespaces.values()].some(({ blobs }) => blobs.has(digest as Digest))) {
        state.bytes.delete(digest as Digest);
      }
      return {};
    },
    async *read({ digest, offset, size }, { namespace }) {
      find(namespace, digest);
      const bytes = state.bytes.get(parseDigest(digest)) ?? Buffer.alloc(0);
      if (offset > BigInt(bytes.length)) throw outOfRange(`read past object length ${bytes.length} bytes`);
      const end = size > 0n ? Number(offset + size) : bytes.length;
      for (let at = Number(offset); at < end; at += chunk) {
        yield await Promise.resolve({
          offset: BigInt(at),
          data: bytes.subarray(at, Math.min(at + chunk, end)),
        });
      }
    },
    status({ ref }, { namespace }) {
      return { status: statusOf(ingest(namespace, ref, `could not get status for ref "${ref}": `)) };
    },
    listStatuses({ filters }, { namespace }) {
      const matches = matcher(filters);
      const all = [...state.read(namespace).ingests.values()];
      return { statuses: all.filter(({ ref }) => matches(fieldsOf({ ref }))).map(statusOf) };
    },
    abort({ ref }, { namespace }) {
      ingest(namespace, ref);
      state.read(namespace).ingests.delete(ref);
      return {};
    },
    write: (requests, context) => writeContent(state, requests, context),
  });
}

function statusOf({ ref, data, total, startedAt, updatedAt }: Ingest): Status {
  return { ref, offset: BigInt(data.length), total, startedAt, updatedAt, expected: '' };
}
