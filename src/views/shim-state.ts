import type { ShimState } from '../client/shim.js';
import { formatJson } from '../output/json.js';
import { messageJson } from './message-json.js';

/** ctr's `shim state`. */
export function shimState(state: ShimState): string {
  return `${formatJson(messageJson(state), { indent: 4, terminalSafe: true })}\n`;
}
