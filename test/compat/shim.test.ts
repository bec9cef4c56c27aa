import { compat } from '../support/compat/suite.js';
import { shimCases } from './cases/shim.js';

compat('shim', shimCases);
