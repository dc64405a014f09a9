// What devices speak over the line.

/** The protocol of the agent, and the text of MLPerf Tiny, whose boards know neither layers nor memory. */
export const dialects = ['agent', 'mlperf'] as const;

export type Dialect = (typeof dialects)[number];
