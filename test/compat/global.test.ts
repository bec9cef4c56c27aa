import { compat } from '../support/compat/suite.js';
import { globalCases } from './cases/global.js';

compat('global', globalCases);
