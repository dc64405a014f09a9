// What a lane's thread runs.
import { parentPort, workerData } from 'node:worker_threads';
import type { BackendName } from '@wherry/engine-tfjs';
import { engineByNumbers } from '../engine-by-numbers.js';
import { serveLane } from './lane-server.js';

const { backend } = workerData as { readonly backend: BackendName };
serveLane(parentPort!, () => engineByNumbers(backend));
