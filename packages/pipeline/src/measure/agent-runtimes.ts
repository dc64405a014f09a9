// What runs the model in the firmware of the profiler.

/** Its own code, or the interpreter that the kit has a package of. */
export const agentRuntimes = ['compiled-c', 'tflite-micro'] as const;

export type AgentRuntime = (typeof agentRuntimes)[number];
