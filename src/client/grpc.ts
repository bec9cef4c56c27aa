/** The part of grpc-js that tctr uses, to be imported when a daemon is talked to: it is the heaviest thing to load. */
export { Client, Metadata, credentials } from '@grpc/grpc-js';
