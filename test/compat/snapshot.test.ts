import { compat } from '../support/compat/suite.js';
import { snapshotCases } from './cases/snapshot.js';

compat('snapshot', snapshotCases);
