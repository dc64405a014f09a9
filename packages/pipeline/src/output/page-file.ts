// A report page as a file.
import { pageMark, renderPage, type ReportPage } from '@wherry/report-page';
import { requireOwnReport, writeReport, type Folders } from './report-file.js';

/** Before any work. Throws REPORT_NOT_OURS and OUTPUT_FAILED. */
export function requireOwnPage(path: string, folders: Folders = {}): Promise<void> {
  return requireOwnReport(path, { option: '--report', mark: pageMark }, folders);
}

/** Throws OUTPUT_FAILED; what stood there before is still there then. */
export async function writePage(path: string, page: ReportPage, signal?: AbortSignal): Promise<void> {
  const text = renderPage(page);
  signal?.throwIfAborted();
  await writeReport(path, text);
}
