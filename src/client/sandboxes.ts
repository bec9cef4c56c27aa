import {
  ControllerDefinition as controller,
  StoreDefinition as store,
} from '../gen/services/sandbox/v1/sandbox.js';
import type { Sandbox } from '../gen/types/sandbox.js';
import type { CallOptions, Caller } from './call.js';
import type { Any } from './typeurl.js';

export type { Sandbox };

/** A sandbox and the controller that runs it; '' where the record names none (before 2.0, and ctr's until 2.3). */
export type SandboxName = Pick<Sandbox, 'sandboxId' | 'sandboxer'>;

/** containerd.services.sandbox.v1.Store and Controller (1.7 and later). */
export class Sandboxes {
  constructor(private readonly caller: Caller) {}

  /** Store.List; filters are joined by OR. */
  async list(filters: readonly string[], options?: CallOptions): Promise<readonly Sandbox[]> {
    return (await this.caller.unary(store, store.methods.list, { filters }, options)).list;
  }

  /** Store.Get. @throws ContainerdError 'not found' */
  async get(sandboxId: string, options?: CallOptions): Promise<Sandbox> {
    const { sandbox } = await this.caller.unary(store, store.methods.get, { sandboxId }, options);
    return sandbox as Sandbox;
  }

  /** Store.Create: the record; nothing runs yet. */
  async create(
    {
      sandboxId,
      runtime,
      spec,
    }: { readonly sandboxId: string; readonly runtime: string; readonly spec: Any },
    options?: CallOptions,
  ): Promise<void> {
    const sandbox: Sandbox = {
      sandboxId,
      runtime: { name: runtime, options: undefined },
      spec,
      labels: new Map(),
      createdAt: undefined,
      updatedAt: undefined,
      extensions: new Map(),
      sandboxer: '',
    };
    await this.caller.unary(store, store.methods.create, { sandbox }, options);
  }

  /** Store.Delete: the record. */
  async delete(sandboxId: string, options?: CallOptions): Promise<void> {
    await this.caller.unary(store, store.methods.delete, { sandboxId }, options);
  }

  /** Controller.Start. */
  async start(name: SandboxName, options?: CallOptions): Promise<void> {
    const { sandboxId, sandboxer } = name;
    await this.caller.unary(controller, controller.methods.start, { sandboxId, sandboxer }, options);
  }

  /** Controller.Stop. */
  async stop({ sandboxId, sandboxer }: SandboxName, options?: CallOptions): Promise<void> {
    const request = { sandboxId, sandboxer, timeoutSecs: 0 };
    await this.caller.unary(controller, controller.methods.stop, request, options);
  }

  /** Controller.Shutdown: what the controller holds of it is given back. */
  async shutdown({ sandboxId, sandboxer }: SandboxName, options?: CallOptions): Promise<void> {
    await this.caller.unary(controller, controller.methods.shutdown, { sandboxId, sandboxer }, options);
  }
}
