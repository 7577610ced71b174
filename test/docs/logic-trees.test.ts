import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UNCERTAINTIES, UNSUPPORTED_UNCERTAINTIES } from '../../hazard/logictree/uncertainties/registry.js';
import { InputReport } from '../../inputs/report.js';
import { faultText } from '../../hazard/refusal.js';
import { readUncertaintyValue } from '../../inputs/logictree/uncertainty-value.js';
import { Scope } from '../../inputs/nrml/scope.js';
import { type Element, readXml } from '../../inputs/nrml/xml.js';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));

describe('docs/logic-trees.md', () => {
  const page = readFileSync(`${docs}logic-trees.md`, 'utf8');

  it('lists every type of uncertainty, and those that are not there', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `') && line.split('|').length === 7);
    const listed = rows.map((row) => /`(\w+)`/.exec(row)?.[1]);
    assert.deepEqual(listed.sort(), [...UNCERTAINTIES.keys()].sort());
    for (const type of UNSUPPORTED_UNCERTAINTIES.keys())
      assert.ok(page.includes(type) || page.includes('...NoMoBalance'), type);
  });

  it('has an example of a value for every type, which is read', async () => {
    const section = page.slice(page.indexOf('### Examples of values'));
    const texts = [...section.matchAll(/^\| `(\w+)` \| `([^`]+)` \|$/gm)].map(
      ([, type, text]) => [type, `<uncertaintyModel>${text}</uncertaintyModel>`] as const,
    );
    const blocks = [...section.matchAll(/<!-- (\w+) -->\n([\s\S]*?)```/g)].map(([, type, xml]) => [type, xml] as const);
    const examples = new Map([...texts, ...blocks]);
    assert.deepEqual([...examples.keys()].sort(), [...UNCERTAINTIES.keys()].sort());
    const folder = mkdtempSync(join(tmpdir(), 'examples-'));
    try {
      for (const [type, xml] of examples) {
        const report = new InputReport();
        readUncertaintyValue(UNCERTAINTIES.get(type)!, await model(folder, xml), new Scope(report, type));
        assert.deepEqual(report.faults.map(faultText), []);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  async function model(folder: string, xml: string): Promise<Element> {
    const path = join(folder, 'example.xml');
    writeFileSync(path, `<nrml xmlns:gml="http://www.opengis.net/gml">${xml}</nrml>`);
    return (await readXml(path, 'example.xml')).children[0];
  }

  it('shows a drawing of trees', () => {
    assert.match(page, /\(pictures\/logic-tree\.svg\)/);
  });
});
