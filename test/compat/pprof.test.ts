import { compat } from '../support/compat/suite.js';
import { pprofCases } from './cases/pprof.js';

compat('pprof', pprofCases);
