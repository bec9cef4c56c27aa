import { compat } from '../support/compat/suite.js';
import { leaseCases } from './cases/lease.js';

compat('lease', leaseCases);
