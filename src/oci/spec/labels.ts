import { KindError } from '../errors.js';

/** Where a container's labels come from, least important first. */
export interface LabelSources {
  /** Of the image's config: whoever made the image wrote them. */
  readonly imageConfig: ReadonlyMap<string, string>;
  /** Of the image's record in containerd. */
  readonly image: ReadonlyMap<string, string>;
  /** `--label`. */
  readonly flags: ReadonlyMap<string, string>;
  /** The image config's StopSignal; '' for none. */
  readonly stopSignal: string;
}

/** A label of the image that the container does not get. */
export interface SkippedLabel {
  readonly key: string;
  readonly reason: 'reserved' | 'too long';
}

/** What the container is labelled with. */
export interface ContainerLabels {
  readonly labels: ReadonlyMap<string, string>;
  /** To be warned of. */
  readonly skipped: readonly SkippedLabel[];
}

/** The label that `ctr tasks kill` takes a container's stop signal from. */
export const stopSignalLabel = 'io.containerd.image.config.stop-signal';

/** Bytes of key and value together; containerd refuses more. */
const maxLabel = 4096;

/** Labels that steer containerd itself, such as its restart monitor, or tctr; an image must not set them (CVE-2026-53488). */
const reserved = /^(?:containerd\.io\/|io\.cri-containerd|tctr\/)/;

/**
 * The labels of a container made from an image (client, WithImageConfigLabels, WithImageStopSignal).
 * @throws KindError 'invalid argument' for a stop signal that no label can hold; old daemons do not name it
 */
export function containerLabels({ imageConfig, image, flags, stopSignal }: LabelSources): ContainerLabels {
  const labels = new Map<string, string>();
  const skipped: SkippedLabel[] = [];
  const add = (key: string, value: string, trusted: boolean): void => {
    if (!trusted && reserved.test(key)) skipped.push({ key, reason: 'reserved' });
    else if (!fits(key, value)) {
      skipped.push({ key, reason: 'too long' });
    } else labels.set(key, value);
  };
  for (const [key, value] of imageConfig) add(key, value, false);
  for (const [key, value] of image) add(key, value, true);
  for (const [key, value] of flags) labels.set(key, value);
  if (!fits(stopSignalLabel, stopSignal)) {
    throw new KindError('invalid argument', `the image's StopSignal exceeds ${maxLabel} bytes`);
  }
  labels.set(stopSignalLabel, stopSignal === '' ? 'SIGTERM' : stopSignal);
  return { labels, skipped };
}

const fits = (key: string, value: string): boolean =>
  Buffer.byteLength(key) + Buffer.byteLength(value) <= maxLabel;
