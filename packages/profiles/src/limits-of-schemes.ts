// Which limits a scheme is held to.
import type { SchemeLimits, SchemePreference } from './device-profile.js';

const ofAccuracy = [
  'accuracyDropPoints',
  'agreementPercent',
  'sqnrDb',
] as const satisfies readonly (keyof SchemeLimits)[];

/**
 * Of the scheme at `position`. Each limit of accuracy that it does not name is that of the nearest scheme before it which does:
 * what an application can bear does not grow with the number of schemes that were tried.
 */
export function limitsOfScheme(schemes: readonly SchemePreference[], position: number): SchemeLimits {
  return { ...inheritedLimits(schemes, position), ...schemes[position]?.limits };
}

/** What the schemes before `position` ask of those behind them. */
export function inheritedLimits(schemes: readonly SchemePreference[], position: number): SchemeLimits {
  const named = schemes.slice(0, position).flatMap(({ limits = {} }) =>
    ofAccuracy.flatMap((name) => {
      const value = limits[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return Object.fromEntries(named);
}
