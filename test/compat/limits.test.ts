import { compat } from '../support/compat/suite.js';
import { limitCases } from './cases/limits.js';

compat('limits', limitCases);
