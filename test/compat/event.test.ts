import { compat } from '../support/compat/suite.js';
import { eventCases } from './cases/event.js';

compat('event', eventCases);
