import { compat } from '../support/compat/suite.js';
import { createCases } from './cases/create.js';

compat('create', createCases);
