import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LogicTreeGraph } from '../../../hazard/logictree/tree.js';
import { InputReport } from '../../../inputs/report.js';
import { OpenEnds } from '../../../inputs/logictree/open-ends.js';
import { Scope } from '../../../inputs/nrml/scope.js';
import { Refusal } from '../../../hazard/refusal.js';

const ELEMENT = { name: 'logicTreeBranchSet', attributes: {}, children: [], text: '', line: 1, marks: 0 };
const SCOPE = new Scope(new InputReport(), 'smlt.xml');

describe('open ends of a source-model tree', () => {
  it('are where the tree itself lets a set hang', () => {
    const sets = fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 3 }), below: fc.array(fc.nat(), { maxLength: 3 }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    let refused = 0;
    fc.assert(
      fc.property(sets, (shapes) => {
        const ends = new OpenEnds();
        const names: string[] = [];
        const definitions = shapes.map(({ size, below }, set) => {
          const branches = Array.from({ length: size }, (_, i) => ({
            id: `${set}${i}`,
            weight: 1 / size,
            position: i,
          }));
          const applyToBranches = names.length === 0 ? [] : [...new Set(below.map((k) => names[k % names.length]))];
          names.push(...branches.map(({ id }) => id));
          const element = {
            id: `s${set}`,
            uncertaintyType: 'dummy',
            filters: {},
            branches: [],
            element: ELEMENT,
            scope: SCOPE,
          };
          ends.attach(element, applyToBranches, branches);
          return { id: `s${set}`, branches, applyToBranches };
        });
        const build = (): unknown => new LogicTreeGraph(definitions);
        if (ends.sound) build();
        else {
          refused++;
          assert.throws(build, Refusal);
        }
      }),
      { numRuns: 2000 },
    );
    assert.ok(refused > 100, `only ${refused} trees were refused`);
  });
});
