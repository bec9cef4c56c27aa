import { compat } from '../support/compat/suite.js';
import { namespaceCases } from './cases/namespace.js';

compat('namespace', namespaceCases);
