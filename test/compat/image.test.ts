import { compat } from '../support/compat/suite.js';
import { imageCases } from './cases/image.js';

compat('image', imageCases);
