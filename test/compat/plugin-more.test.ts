import { compat } from '../support/compat/suite.js';
import { pluginMoreCases } from './cases/plugin-more.js';

compat('plugin-more', pluginMoreCases);
