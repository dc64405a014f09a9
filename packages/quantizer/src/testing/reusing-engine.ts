// An engine that uses the arrays that it shows again, as it may: whoever keeps one without a copy keeps other numbers.
import { referenceEngine, type Engine } from '@wherry/graph';

export interface ReusingEngine extends Engine {
  /** Executors that were made and not disposed of. */
  readonly open: () => number;
}

export function reusingEngine(): ReusingEngine {
  let open = 0;
  return {
    name: 'reusing',
    prepare: async (graph) => {
      const executor = await referenceEngine.prepare(graph);
      open += 1;
      return {
        run: (feeds, observer) =>
          executor.run(
            feeds,
            observer && {
              wants: (id) => observer.wants(id),
              see: (id, data) => {
                const shown = data.slice();
                observer.see(id, shown);
                shown.fill(77 as never);
              },
            },
          ),
        dispose: () => {
          open -= 1;
        },
      };
    },
    open: () => open,
  };
}
