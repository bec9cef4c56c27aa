import { compat } from '../support/compat/suite.js';
import { checkpointCases } from './cases/checkpoint.js';

compat('checkpoint', checkpointCases);
