import { execIdOf } from '../client/process-details.js';
import type { ProcessInfo } from '../client/tasks.js';
import { tableStyles } from '../output/table-layout.js';
import type { ListView } from './list-view.js';

/** ctr's `task ps`. */
export const processList: ListView<ProcessInfo> = {
  style: tableStyles.spaced,
  columns: [
    { title: 'PID', text: (process) => String(process.pid) },
    { title: 'INFO', text: details },
  ],
  padsLastCell: false,
  padsHeader: false,
  quiet: (process) => String(process.pid),
  json: (process) => ({ PID: process.pid, ExecID: execIdOf(process) ?? '' }),
};

/** What the runtime says of a process, as protobuf text; it says nothing of the init process. */
function details(process: ProcessInfo): string {
  if (!process.info) return '-';
  const execId = execIdOf(process);
  return execId === undefined ? process.info.typeUrl : `exec_id:${JSON.stringify(execId)}`;
}
