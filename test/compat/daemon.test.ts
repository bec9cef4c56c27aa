import { compat } from '../support/compat/suite.js';
import { daemonCases } from './cases/daemon.js';

compat('daemon', daemonCases);
