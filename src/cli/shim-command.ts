import type { Shim, ShimApiVersion } from '../client/shim.js';
import { withShim } from '../ops/open-shim.js';
import { TctrCommand } from './command.js';
import { UsageError } from './errors.js';
import { int } from './flags.js';
import { shimRef } from './shim-socket.js';

/** The flag of which version of the shims' API to speak. */
export const apiVersionFlag = {
  'api-version': int({ summary: 'of the shims’ API: 2 or 3 (default the newest that it speaks)' }),
};

/** A command for the shim that the topic's flags lead to. */
export abstract class ShimCommand extends TctrCommand {
  /** The container of --id; '' where only an address is given. */
  protected get shimId(): string {
    return this.topicFlag('id') ?? '';
  }

  /** Does something with the shim. @throws UsageError in ctr's words for a version that is none */
  protected withShim<T>(version: bigint | undefined, work: (shim: Shim) => Promise<T>): Promise<T> {
    if (version !== undefined && version !== 2n && version !== 3n) {
      throw new UsageError('api-version must be 2 or 3');
    }
    const address = this.topicFlag('shim-address') ?? '';
    if (this.shimId === '' && address === '') {
      throw new UsageError('shim ID (--id) or address (--shim-address) must be specified', {
        hint: 'before the command: shim --id ID state',
      });
    }
    const ref = shimRef(this.session, this.shimId);
    const api = version === undefined ? undefined : (Number(version) as ShimApiVersion);
    return withShim({ ref, address, version: api }, work);
  }
}
