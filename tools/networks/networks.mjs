// The networks that this repository trains itself, by name.
import { depthwiseNetworks } from './depthwise-networks.mjs';
import { digitsConvolution, digitsDense } from './digits-networks.mjs';

/** @type {readonly import('./train-network.mjs').Network[]} */
export const networks = [digitsDense, digitsConvolution, ...depthwiseNetworks];
