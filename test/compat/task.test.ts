import { compat } from '../support/compat/suite.js';
import { taskCases } from './cases/task.js';

compat('task', taskCases);
