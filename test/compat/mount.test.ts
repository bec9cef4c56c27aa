import { compat } from '../support/compat/suite.js';
import { mountCases } from './cases/mount.js';

compat('mount', mountCases);
