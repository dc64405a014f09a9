// The page of a run, made of its report: what the report has is shown as the report has it.
import type { ReportPage } from '@wherry/report-page';
import type { Deployment, Refused } from '../deployment.js';
import type { RefusedReport } from '../report/refused-report.js';
import { reportOf, type Report } from '../report/report.js';
import { accuracyOf } from './accuracy-of.js';
import { arenaOf } from './arena-of.js';
import { candidatesOf, decisionsOf, schemesOf } from './decisions-of.js';
import { fitOf, sizesOf } from './fit-of.js';
import { layersOf } from './layers-of.js';
import { lossOf } from './loss-of.js';
import { provenanceOf } from './provenance-of.js';
import type { Shown } from './shown.js';
import { figuresOf, refusalOf, verdictOf } from './verdict-of.js';

export function pageOfDeployment(deployment: Deployment): ReportPage {
  const { quantized, memory, evidence, classNames, files } = deployment;
  return pageOf(reportOf(deployment, files), { graph: quantized.graph, memory, evidence, classNames });
}

export function pageOfRefusal({ report, shown }: Refused): ReportPage {
  return pageOf(report, shown);
}

function pageOf(report: Report | RefusedReport, shown: Shown): ReportPage {
  return {
    title: report.model.file,
    tool: `${report.tool.name} ${report.tool.version}`,
    verdict: verdictOf(report),
    refusal: report.ok ? undefined : refusalOf(report),
    figures: figuresOf(report),
    fit: fitOf(report),
    sizes: sizesOf(report),
    decisions: decisionsOf(report),
    schemes: schemesOf(report),
    candidates: candidatesOf(report),
    accuracy: accuracyOf(report, shown),
    layers: layersOf(report, shown),
    memory: arenaOf(report, shown),
    loss: lossOf(report),
    warnings: report.warnings,
    files: report.files,
    provenance: provenanceOf(report),
  };
}
