// What the package exports as tctr/client.
export { Client, type ClientOptions } from './client.js';
export { ContainerdError } from './errors.js';
export { KindError, hasKind, type ErrorKind } from '../oci/errors.js';
