import { compat } from '../support/compat/suite.js';
import { contentCases } from './cases/content.js';

compat('content', contentCases);
