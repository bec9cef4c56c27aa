/** What an operation tells while it works: pull, push, import, export, unpack. */
export type ProgressEvent = StatusEvent | MessageEvent;

/**
 * The state of one thing in the works. Each event about a name replaces the one before it; a name is new with its first.
 */
export interface StatusEvent {
  readonly kind: 'status';
  /** `docker.io/library/busybox:latest` for the image, `layer-sha256:…` for a blob. */
  readonly name: string;
  /** The names this one belongs under; none for a root. They may become known later. */
  readonly parents?: readonly string[];
  readonly status: ProgressStatus;
  /** Bytes done. */
  readonly offset: bigint;
  /** Bytes in all; 0 if that is not known. */
  readonly total: bigint;
  readonly digest?: string;
  readonly mediaType?: string;
}

/** A line to read: `unpacking linux/amd64 sha256:…`, `Pulling from OCI Registry (…)`. */
export interface MessageEvent {
  readonly kind: 'message';
  readonly text: string;
  /** A title stands at the foot of the tree, next to the time, and the next title replaces it. */
  readonly title?: boolean;
}

/** ctr's words for states. A daemon's transfer service may say others, which are shown as they come. */
export type ProgressStatus =
  | 'resolving'
  | 'resolved'
  | 'waiting'
  | 'downloading'
  | 'uploading'
  | 'committing'
  | 'exists'
  | 'done'
  | 'unpacking'
  | 'extracting'
  | 'extracted'
  | 'complete'
  | 'saved'
  | 'already exists'
  | (string & {});

/** Whether bytes are on their way. */
export function isMoving(status: ProgressStatus): boolean {
  return ['downloading', 'uploading', 'committing', 'extracting'].includes(status);
}

/** Whether nothing more is to come for this name. */
export function isFinished(status: ProgressStatus): boolean {
  const last = [
    'exists',
    'done',
    'complete',
    'saved',
    'already exists',
    'extracted',
    'resolved',
    'pushed content',
  ];
  return last.includes(status);
}
