import { compat } from '../support/compat/suite.js';
import { pushCases } from './cases/push.js';

compat('push', pushCases);
