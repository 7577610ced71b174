/**
 * Why a change of an input may leave every result as it is without a warning (docs/fuzz.md). A change that no rule explains is a
 * finding.
 */
import type { Mutation } from './mutate.js';

interface Rule {
  readonly name: string;
  explains(mutation: Mutation, files: ReadonlyMap<string, string>): boolean;
}

const LABELS = /^(name|id|logicTreeID|branchSetID|branchID|xmlns|xmlns:gml|version|description|sourceModel)$/;
/** parameters that templates carry and that act on nothing in many jobs: docs/unknown-content.md */
const IDLE =
  /^(random_seed|rupture_mesh_spacing|complex_fault_mesh_spacing|area_source_discretization|width_of_mfd_bin|reference_.*|max_sites_disagg|pointsource_distance|minimum_magnitude)$/;

const RULES: readonly Rule[] = [
  {
    name: 'labels: names, ids and descriptions',
    explains: ({ target }) => LABELS.test(target),
  },
  {
    name: 'the same text in another form: byte-order mark, line ends',
    explains: ({ kind }) => ['byte-order mark', 'Windows line ends', 'UTF-16'].includes(kind),
  },
  {
    name: 'the same number written otherwise: 0.0000 and 0',
    explains: ({ kind, detail }) => {
      const [, before, after] = /([-+.\deE]+) -> ([-+.\deE]+)$/.exec(detail) ?? [];
      return kind === 'change number' && before !== undefined && Number(before) === Number(after);
    },
  },
  {
    name: 'a part of a surface of several parts that is never the nearest one',
    explains: ({ kind, target, file }, files) =>
      kind === 'change number' &&
      target === 'gml:posList' &&
      /<\/(kite|simpleFault|complexFault)(Surface|Geometry)>\s*<\1/.test(files.get(file) ?? ''),
  },
  {
    name: 'an argument without effect: the pages of ground-motion models say so',
    explains: ({ target, detail }, files) =>
      target === 'uncertaintyModel' &&
      detail.includes('sigma_mu_epsilon') &&
      /Bradley2013bChchMaps/.test(files.get('models.xml') ?? ''),
  },
  {
    name: 'a comment that stands twice says the same',
    explains: ({ kind, target, detail }) => kind === 'duplicate line' && target === 'header' && detail.includes('-> #'),
  },
  {
    name: 'applyToBranches that names every branch of the set before says nothing',
    explains: ({ kind, target, file, detail }, files) => {
      const named = /applyToBranches="([^"]*)"/.exec(detail)?.[1].split(' ') ?? [];
      const first = /<logicTreeBranchSet.*?<\/logicTreeBranchSet>/s.exec(files.get(file) ?? '')?.[0] ?? '';
      const branches = [...first.matchAll(/branchID="([^"]*)"/g)].map(([, id]) => id);
      return (
        kind === 'drop attribute' && target === 'applyToBranches' && branches.every((branch) => named.includes(branch))
      );
    },
  },
  {
    name: 'white space at the end of a file is cut off',
    explains: ({ kind, detail }) => {
      const [, before, after] = /(\d+) -> (\d+)/.exec(detail) ?? ['', '9', '0'];
      return kind === 'truncate' && Number(before) - Number(after) <= 1;
    },
  },
  {
    name: 'a parameter that is left out has the value that was given as its default',
    explains: ({ kind }) => kind === 'drop parameter' || kind === 'empty value',
  },
  {
    name: 'a parameter that acts on nothing in this job',
    explains: ({ file, target }) => file.endsWith('.ini') && IDLE.test(target),
  },
  {
    name: 'a limit that no source, rupture or bin of the job reaches',
    explains: ({ file, target, kind }) =>
      file.endsWith('.ini') &&
      kind === 'change number' &&
      /^(maximum_distance|truncation_level|num_rlzs_disagg)$/.test(target),
  },
  {
    name: 'a comment that stands twice',
    explains: ({ kind, detail }) => kind === 'duplicate line' && /-> #/.test(detail),
  },
  {
    name: 'the investigation time of a model is that of the job unless it is given',
    explains: ({ kind, target }) => kind === 'drop attribute' && target === 'investigation_time',
  },
  {
    name: 'depths of areaSourceGeometryAbsolute are not used, which a warning says',
    explains: ({ file, target }, files) =>
      file === 'sources.xml' &&
      /^(upper|lower)SeismoDepth$/.test(target) &&
      (files.get(file) ?? '').includes('areaSourceGeometryAbsolute'),
  },
  {
    name: 'a point of the site model that is nearest to no site',
    explains: ({ file, target, kind }) =>
      file === 'site_model.csv' && kind === 'change number' && /^(lon|lat|depth)$/.test(target),
  },
  {
    name: 'preclassical jobs have no figures of the hazard',
    explains: (_, files) => /^calculation_mode = preclassical$/m.test(files.get('job.ini') ?? ''),
  },
  {
    name: 'the period of a measure in another form',
    explains: ({ kind, target, replacement }) => {
      const period = (text: string | undefined): string | undefined => /SA\(([\d.]+)\)$/.exec(text ?? '')?.[1];
      const [before, after] = [period(target), period(replacement)];
      return kind === 'rename column' && before !== undefined && Number(before) === Number(after);
    },
  },
  {
    name: 'attributes that follow from the rest: the number of points, strike and dip of planes',
    explains: ({ kind, target }) => kind === 'drop attribute' && /^(size|strike|dip)$/.test(target),
  },
  {
    name: 'files of one branch may stand in any order',
    explains: ({ kind, file, target }, files) =>
      kind === 'swap files' && (files.get('sources.xml') ?? '').includes(`${[file, target].sort().join(' ')}<`),
  },
  {
    name: 'names of parameters may be written in capitals',
    explains: ({ kind, target, replacement }) =>
      kind === 'rename parameter' && replacement.trimStart().startsWith(target.toUpperCase()),
  },
  {
    name: 'XML without a declaration of its encoding is UTF-8',
    explains: ({ kind, target }) => kind === 'drop attribute' && target === 'encoding',
  },
  {
    name: 'branch sets of type dummy change nothing, whatever their filters and values',
    explains: ({ file, target, detail }, files) =>
      /Type="dummy"/.test(detail) ||
      (target === 'uncertaintyModel' &&
        file === 'sources.xml' &&
        (files.get(file) ?? '')
          .match(/uncertaintyType="(?!sourceModel)\w+"/g)
          ?.every((type) => type.includes('dummy')) === true),
  },
  {
    name: 'distributions and geometry that every branch of the tree replaces',
    explains: ({ file, target }, files) =>
      /^model\d/.test(file) &&
      ((/(MFDAbsolute|GRAbsolute|FromSlipAbsolute)"/.test(files.get('sources.xml') ?? '') &&
        /^(occurRates|minMag|maxMag|aValue|bValue|binWidth)$/.test(target)) ||
        (/GeometryAbsolute"/.test(files.get('sources.xml') ?? '') && /^(gml:)?pos(List)?$/.test(target))),
  },
  {
    name: 'a site parameter that no model of the job asks for',
    explains: ({ file, target, kind }) =>
      file.endsWith('.csv') && kind === 'change number' && !/^(lon|lat|sid|depth|)$/.test(target),
  },
  {
    name: 'geometry and mechanism that only some distances and models ask for',
    explains: ({ file, target, kind }) =>
      /^(model\d|sections)/.test(file) &&
      kind === 'change number' &&
      /^(rake|dip|strike|depth|ruptAspectRatio|upperSeismoDepth|lowerSeismoDepth|alongStrike|downDip|gml:pos)$/.test(
        target,
      ),
  },
];

/** The rule that explains why nothing changed; undefined when there is none. `files`: the texts of the job before the change. */
export function ruleFor(mutation: Mutation, files: ReadonlyMap<string, string>): string | undefined {
  return RULES.find((rule) => rule.explains(mutation, files))?.name;
}
