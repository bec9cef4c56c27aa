import type { ContainerState } from '../ops/container-state.js';
