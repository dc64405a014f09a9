// Refuses a run without data where a scheme that comes to be tried needs some, and names those that would not.
import { noDataGiven } from '@wherry/calibration-data';
import { needsRanges } from '@wherry/quantizer';
import type { DeployRequest } from '../deployment.js';
import type { LegalScheme } from './consider-schemes.js';

/** Throws DATA_NONE_GIVEN. Samples to measure accuracy on are none to choose ranges by. */
export function requireData({ calibration }: Pick<DeployRequest, 'calibration'>, open: readonly LegalScheme[]): void {
  if (calibration !== undefined || !open.some(({ options }) => needsRanges(options))) return;
  const others = open.filter(({ options }) => !needsRanges(options)).map(({ place }) => place.scheme);
  throw noDataGiven(others.length === 0 ? '' : `, or choose --scheme ${others.join(' or ')}, which needs none`);
}
