import { compat } from '../support/compat/suite.js';
import { containerCases } from './cases/container.js';

compat('container', containerCases);
