// All cases of a kind, in every type that its kernels take.
import { typesOf } from '../kernel-for.js';
import { operatorOf, type OpKind } from '../ops/index.js';
import { operatorCases } from '../ops/operator-cases.js';
import { fillCase, type FilledCase } from './fill-case.js';
import type { CaseType, OperatorCases } from './operator-case.js';

/** Deterministic: every value follows from the kind's and the case's name. */
export function casesOf(kind: OpKind): readonly FilledCase[] {
  const { cases } = operatorCases[kind] as OperatorCases<object>;
  return cases.flatMap((one) =>
    caseTypesOf(kind)
      .filter(({ from, to = from }) => one.only === undefined || (one.only.includes(from) && one.only.includes(to)))
      .map((type) => fillCase(kind, one, type)),
  );
}

export function caseTypesOf(kind: OpKind): readonly CaseType[] {
  const { types } = operatorCases[kind];
  return types ?? typesOf(operatorOf(kind).kernels).map((from) => ({ from }));
}
