import { compat } from '../support/compat/suite.js';
import { imageMoreCases } from './cases/image-more.js';

compat('image-more', imageMoreCases);
