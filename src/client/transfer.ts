import type { Any } from '../gen/google/protobuf/any.js';
import { TransferDefinition as service } from '../gen/services/transfer/v1/transfer.js';
import type { CallOptions, Caller } from './call.js';

/** containerd.services.transfer.v1.Transfer (1.7 and later). */
export class Transfer {
  constructor(private readonly caller: Caller) {}

  /** Transfer.Transfer: the daemon moves an image between two typed places; progress goes to a stream's id. */
  async transfer(
    source: Any,
    destination: Any,
    options: CallOptions & { readonly progressStream?: string } = {},
  ): Promise<void> {
    const request = { source, destination, options: { progressStream: options.progressStream ?? '' } };
    await this.caller.unary(service, service.methods.transfer, request, options);
  }
}
