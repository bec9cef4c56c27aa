import { compat } from '../support/compat/suite.js';
import { sandboxCases } from './cases/sandbox.js';

compat('sandbox', sandboxCases);
