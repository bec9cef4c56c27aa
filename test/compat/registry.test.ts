import { afterAll } from '@jest/globals';
import { compat } from '../support/compat/suite.js';
import { lab } from '../support/lab.js';
import { guard } from '../support/registry/guarded.js';
import { registryCases } from './cases/registry.js';

const guarded = await guard(lab().registry);
afterAll(() => guarded.close());

compat('registry', registryCases, guarded.places);
