import type { DescribedContainer } from '../ops/describe-containers.js';
