// Where a file lies that an option of a data source names: beside the data, unless it says itself from where on.
import { dirname, isAbsolute, join } from 'node:path';

export function besideData(dataPath: string, name: string): string {
  return isAbsolute(name) ? name : join(dirname(dataPath), name);
}
