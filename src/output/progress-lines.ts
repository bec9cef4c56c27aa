import { isFinished, type ProgressEvent } from './progress-events.js';
import { safe } from './safe.js';
import { formatBytes } from './units.js';

/**
 * Progress for who is no terminal: from each event the line that it is worth, if it says something new. A name is worth a
 * line when it is finished and when it is being unpacked, once each.
 */
export function createProgressLines(): (event: ProgressEvent) => string | undefined {
  const told = new Set<string>();
  return (event) => {
    const line = lineOf(event);
    if (line === undefined || told.has(line)) return undefined;
    told.add(line);
    return line;
  };
}

function lineOf(event: ProgressEvent): string | undefined {
  if (event.kind === 'message') return safe(event.text);
  const { name, status, total } = event;
  if (!isFinished(status) && status !== 'unpacking') return undefined;
  const amount = total > 0n ? ` (${formatBytes(total)})` : '';
  return `${safe(name)}: ${safe(status)}${amount}`;
}
