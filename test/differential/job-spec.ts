/** A job in parts that can be left out one by one, and how it becomes a folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceSpec {
  readonly id: string;
  /** what made it: point, area, simpleFault ... */
  readonly kind: string;
  readonly xml: string;
}
export interface GroupSpec {
  readonly region: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sources: readonly SourceSpec[];
}
interface BranchSpec {
  readonly id: string;
  /** text or XML of the uncertainty model; of source models it is made from their number */
  readonly value: string;
  readonly weight: number;
}
export interface BranchSetSpec {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly branches: readonly BranchSpec[];
}
interface RegionModels {
  readonly region: string;
  readonly branches: readonly BranchSpec[];
}

/** Everything about a job, as plain data: written beside a failing case, and cut down by the shrinker. */
export interface JobSpec {
  readonly seed: number;
  readonly kind: string;
  readonly ini: Readonly<Record<string, string>>;
  /** tables by name of file */
  readonly files: Readonly<Record<string, string>>;
  /** source models, one branch each */
  readonly models: readonly { readonly weight: number; readonly groups: readonly GroupSpec[] }[];
  /** sections of multi-fault sources, as XML */
  readonly sections: readonly string[];
  readonly sets: readonly BranchSetSpec[];
  readonly groundMotion: readonly RegionModels[];
  /** whether source models must state the investigation time */
  readonly stateTime: boolean;
}

const HEAD =
  '<?xml version="1.0" encoding="utf-8"?>\n' +
  '<nrml xmlns="http://openquake.org/xmlns/nrml/0.5" xmlns:gml="http://www.opengis.net/gml">\n';

const quoted = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Writes the files of a job to a folder, which is made. */
export function writeJob(spec: JobSpec, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  for (const [name, text] of Object.entries(spec.files)) write(name, text);
  const time = spec.stateTime ? ` investigation_time="${spec.ini.investigation_time}"` : '';
  spec.models.forEach(({ groups }, m) => {
    const body = groups.map(
      ({ region, attributes, sources }, g) =>
        `<sourceGroup name="g${g}" tectonicRegion="${quoted(region)}"${attributesText(attributes)}>\n` +
        `${sources.map(({ xml }) => xml).join('\n')}\n</sourceGroup>`,
    );
    write(`model${m}.xml`, `${HEAD}<sourceModel name="m${m}"${time}>\n${body.join('\n')}\n</sourceModel>\n</nrml>\n`);
  });
  if (spec.sections.length > 0)
    write('sections.xml', `${HEAD}<geometryModel name="s">\n${spec.sections.join('\n')}\n</geometryModel>\n</nrml>\n`);
  const models: BranchSetSpec = {
    type: 'sourceModel',
    attributes: {},
    branches: spec.models.map(({ weight }, m) => ({
      id: `m${m}`,
      value: `model${m}.xml${spec.sections.length > 0 ? ' sections.xml' : ''}`,
      weight,
    })),
  };
  write('sources.xml', logicTree([models, ...spec.sets]));
  const groundMotion = spec.groundMotion.map(({ region, branches }): BranchSetSpec => ({
    type: 'gmpeModel',
    attributes: { applyToTectonicRegionType: region },
    branches,
  }));
  write('models.xml', logicTree(groundMotion));
  const ini = {
    ...spec.ini,
    source_model_logic_tree_file: 'sources.xml',
    gsim_logic_tree_file: 'models.xml',
  };
  const lines = Object.entries(ini).map(([key, value]) => `${key} = ${value}`);
  write('job.ini', `[general]\ndescription = ${spec.kind} ${spec.seed}\n${lines.join('\n')}\n`);
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${quoted(value)}"`)
    .join('');
}

function logicTree(sets: readonly BranchSetSpec[]): string {
  const body = sets.map(({ type, attributes, branches }, k) => {
    const rows = branches.map(
      ({ id, value, weight }) =>
        `<logicTreeBranch branchID="${id}"><uncertaintyModel>${value}</uncertaintyModel>` +
        `<uncertaintyWeight>${weight}</uncertaintyWeight></logicTreeBranch>`,
    );
    return (
      `<logicTreeBranchSet branchSetID="bs${k}" uncertaintyType="${type}"${attributesText(attributes)}>\n` +
      `${rows.join('\n')}\n</logicTreeBranchSet>`
    );
  });
  return `${HEAD}<logicTree logicTreeID="t">\n${body.join('\n')}\n</logicTree>\n</nrml>\n`;
}
