import type { Client } from '../client/client.js';
import { hasKind } from '../oci/errors.js';
import { formatRfc3339Nano, parseRfc3339, timestampOf, unixNanoseconds } from '../output/time.js';

/** Where tctr writes down how a container ended whose task it has deleted: `137 2026-11-21T02:17:04Z`. */
const exitLabel = 'tctr/exit';

/** How a container ended; nanoseconds since 1970. */
export interface RecordedExit {
  readonly exitCode: number;
  readonly at: bigint | undefined;
}

/** Reads what {@link recordExit} wrote. */
export function readExit(labels: ReadonlyMap<string, string>): RecordedExit | undefined {
  const [, code, time = ''] = /^(\d{1,10})(?: (\S{1,40}))?$/.exec(labels.get(exitLabel) ?? '') ?? [];
  if (code === undefined) return undefined;
  const at = parseRfc3339(time);
  return { exitCode: Number(code), at: at && unixNanoseconds(at) };
}

/** Writes an exit status down; a container that is gone already needs none. */
export async function recordExit(client: Client, id: string, exitCode: number): Promise<void> {
  const value = `${exitCode} ${formatRfc3339Nano(timestampOf(Date.now()))}`;
  await setLabels(client, id, new Map([[exitLabel, value]]));
}

/** Sets labels of a container (Containers.Update); an empty value removes one. A container that is gone is fine. */
export async function setLabels(
  client: Client,
  id: string,
  labels: ReadonlyMap<string, string>,
): Promise<void> {
  try {
    const container = await client.containers.get(id);
    await client.containers.update(
      { ...container, labels },
      [...labels.keys()].map((key) => `labels.${key}`),
    );
  } catch (error) {
    if (!hasKind(error, 'not found')) throw error;
  }
}

/** Takes the note away: the container runs again. */
export async function forgetExit(
  client: Client,
  id: string,
  labels: ReadonlyMap<string, string>,
): Promise<void> {
  if (labels.has(exitLabel)) await setLabels(client, id, new Map([[exitLabel, '']]));
}
