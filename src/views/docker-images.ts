import { formatLocalTime, formatRelative, timestampOf, type Timestamp } from '../output/time.js';
import { formatHumanSize } from '../output/units.js';
import type { DockerFields, DockerView } from './docker-view.js';

/** A name of an image as docker's images shows it. */
export interface DockerImageRow {
  readonly repository: string;
  readonly tag: string;
  /** Of the manifest or index that the name stands for. */
  readonly digest: string;
  /** The digest of the image's config. */
  readonly id: string;
  readonly created: Timestamp | undefined;
  /** Bytes of content: what was downloaded. */
  readonly size: bigint;
}

const titles: ReadonlyMap<string, string> = new Map([
  ['Repository', 'REPOSITORY'],
  ['Tag', 'TAG'],
  ['Digest', 'DIGEST'],
  ['ID', 'IMAGE ID'],
  ['CreatedSince', 'CREATED'],
  ['CreatedAt', 'CREATED AT'],
  ['Size', 'SIZE'],
]);

/** `docker images`, with `--digests` or without. */
export function dockerImages(digests: boolean): DockerView {
  const digest = digests ? ['Digest'] : [];
  return { fields: ['Repository', 'Tag', ...digest, 'ID', 'CreatedSince', 'Size'], titles, quiet: 'ID' };
}

/** The fields of a row; without `whole`, the id is cut to twelve digits. */
export function imageFields(
  row: DockerImageRow,
  options: { readonly whole: boolean; readonly now: Date },
): DockerFields {
  const { id, created } = row;
  return {
    Repository: row.repository,
    Tag: row.tag,
    Digest: row.digest,
    ID: options.whole ? id : shortDigest(id),
    CreatedSince: created ? formatRelative(created, timestampOf(options.now)) : 'N/A',
    CreatedAt: created ? formatLocalTime(created) : 'N/A',
    Size: formatHumanSize(row.size, 3),
  };
}

/** The twelve digits that docker shows of a digest. */
export function shortDigest(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, 12);
}
