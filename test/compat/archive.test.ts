import { compat } from '../support/compat/suite.js';
import { archiveCases } from './cases/archive.js';

compat('archive', archiveCases);
