/** The part of undici that tctr uses, to be imported when a registry is talked to. */
export { Pool } from 'undici';
