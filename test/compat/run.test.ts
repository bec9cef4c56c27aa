import { compat } from '../support/compat/suite.js';
import { runCases } from './cases/run.js';

compat('run', runCases);
