/** The part of yaml that tctr uses, to be imported when there is something to read. */
export { parse } from 'yaml';
