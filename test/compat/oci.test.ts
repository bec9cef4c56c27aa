import { compat } from '../support/compat/suite.js';
import { ociCases } from './cases/oci.js';

compat('oci', ociCases);
