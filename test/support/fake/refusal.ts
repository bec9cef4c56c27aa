import { status } from '@grpc/grpc-js';

/** Why the fake refuses a call: a gRPC status with containerd's own words. */
export class Refusal extends Error {
  constructor(
    readonly code: status,
    message: string,
  ) {
    super(message);
  }
}

export const notFound = (message: string): Refusal => new Refusal(status.NOT_FOUND, message);
export const alreadyExists = (message: string): Refusal => new Refusal(status.ALREADY_EXISTS, message);
export const invalidArgument = (message: string): Refusal => new Refusal(status.INVALID_ARGUMENT, message);
export const failedPrecondition = (message: string): Refusal =>
  new Refusal(status.FAILED_PRECONDITION, message);
export const outOfRange = (message: string): Refusal => new Refusal(status.OUT_OF_RANGE, message);
export const unavailable = (message: string): Refusal => new Refusal(status.UNAVAILABLE, message);
/** What containerd's shims answer, and what it forgets to give a kind. */
export const unknown = (message: string): Refusal => new Refusal(status.UNKNOWN, message);
export const unimplemented = (message: string): Refusal => new Refusal(status.UNIMPLEMENTED, message);
