/** Small logic trees and source models as texts, and how tests read them. */
import { join } from 'node:path';
import { InputReport, warningText } from '../../../inputs/report.js';
import { faultText } from '../../../hazard/refusal.js';
import { type LogicTreeRequest, type ReadLogicTree, readLogicTree } from '../../../inputs/logictree/read.js';
import { DISCRETIZATION } from '../../hazard/sources/contexts.js';

export const nrml = (body: string): string =>
  `<nrml xmlns="http://openquake.org/xmlns/nrml/0.5" xmlns:gml="http://www.opengis.net/gml">${body}</nrml>`;

export const tree = (...sets: readonly string[]): string =>
  nrml(`<logicTree logicTreeID="t">\n${sets.join('\n')}</logicTree>`);

export const branch = (id: string, value: string, weight: number | string): string =>
  `<logicTreeBranch branchID="${id}"><uncertaintyModel>${value}</uncertaintyModel><uncertaintyWeight>${weight}</uncertaintyWeight></logicTreeBranch>`;

export const branchSet = (id: string, type: string, branches: readonly string[], filters = ''): string =>
  `<logicTreeBranchSet branchSetID="${id}" uncertaintyType="${type}" ${filters}>${branches.join('')}</logicTreeBranchSet>`;

/** Ground-motion models of the only region. */
export const groundMotionTree = (...branches: readonly string[]): string =>
  tree(branchSet('g0', 'gmpeModel', branches, 'applyToTectonicRegionType="Volcanic"'));

export const pointSource = (id: string, maxMag = 7): string =>
  `<pointSource id="${id}" name=""><pointGeometry><gml:Point><gml:pos>10 45</gml:pos></gml:Point>
    <upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>10</lowerSeismoDepth></pointGeometry>
    <magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1</ruptAspectRatio>
    <truncGutenbergRichterMFD aValue="4" bValue="1" minMag="5" maxMag="${maxMag}"/>
    <nodalPlaneDist><nodalPlane probability="1" strike="0" dip="90" rake="0"/></nodalPlaneDist>
    <hypoDepthDist><hypoDepth probability="1" depth="5"/></hypoDepthDist></pointSource>`;

/** A model of one group. */
export const sourceModel = (region: string, ...sources: readonly string[]): string =>
  nrml(
    `<sourceModel name=""><sourceGroup name="" tectonicRegion="${region}">${sources.join('')}</sourceGroup></sourceModel>`,
  );

/** Reads smlt.xml and gsim.xml of a folder, every path. */
export async function readTree(
  folder: string,
  options: Partial<LogicTreeRequest> = {},
): Promise<{ result: ReadLogicTree | undefined; faults: string[]; warnings: string[] }> {
  const report = new InputReport();
  const result = await readLogicTree({
    folder,
    root: folder,
    report,
    sourceModelLogicTreeFile: join(folder, 'smlt.xml'),
    gsimLogicTreeFile: join(folder, 'gsim.xml'),
    samples: 0,
    samplingMethod: 'early_weights',
    seed: 42,
    maxPotentialPaths: 1000,
    discretization: DISCRETIZATION,
    ...options,
  });
  return { result, faults: report.faults.map(faultText), warnings: report.warnings.map(warningText) };
}
