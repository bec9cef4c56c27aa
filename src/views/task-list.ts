import { TaskStatus, type Process } from '../client/tasks.js';
import { tableStyles } from '../output/table-layout.js';
import type { ListView } from './list-view.js';

/** ctr's `task ls`. */
export const taskList: ListView<Process> = {
  style: tableStyles.wide,
  columns: [
    { title: 'TASK', text: (task) => task.id },
    { title: 'PID', text: (task) => String(task.pid) },
    { title: 'STATUS', text: (task) => TaskStatus[task.status] ?? String(task.status) },
  ],
  padsLastCell: false,
  quiet: (task) => task.id,
  json: (task) => ({ ID: task.id, PID: task.pid, Status: TaskStatus[task.status] ?? String(task.status) }),
};
