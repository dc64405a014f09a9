// How a program of ESP-IDF begins and prints.
import type { LayoutModel } from '../layout-model.js';
import type { Entry } from '../smoke.js';

export function espIdfEntry({ name, isCompiled }: LayoutModel): Entry {
  // ESP-IDF calls a function of C.
  const linkage = isCompiled ? '' : 'extern "C" ';
  return {
    includes: ['<stdio.h>'],
    code: `${linkage}void app_main(void);

void app_main(void) {
  const int result = smoke();
  printf("${name}: %s (%d)\\n", words(result), result);
}`,
  };
}
