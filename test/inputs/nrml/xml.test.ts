import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../../hazard/refusal.js';
import { unreadAttributes } from '../../../inputs/nrml/marks.js';
import { type Element, readXml } from '../../../inputs/nrml/xml.js';
import { withFolder } from '../tiny-job.js';

const read = (text: string): Promise<Element> =>
  withFolder(async (folder) => {
    const path = join(folder, 'a.xml');
    await writeFile(path, text);
    return readXml(path, 'a.xml');
  });

describe('XML', () => {
  it('is read by local names, whatever the declared prefix of a namespace', async () => {
    const root = await read('<nrml xmlns="n" xmlns:g="gml"><g:pos>1 2</g:pos><a><g:pos/></a></nrml>');
    assert.deepEqual(
      root.children.map(({ name, text }) => [name, text]),
      [
        ['pos', '1 2'],
        ['a', ''],
      ],
    );
  });

  it('is refused where the prefix of an element is declared nowhere', async () => {
    for (const text of [
      '<nrml xmlns:gml="gml">\n<gmll:pos>1 2</gmll:pos></nrml>',
      '<nrml>\n<gml:pos>1 2</gml:pos></nrml>',
    ])
      await assert.rejects(read(text), (error: unknown) => {
        assert.ok(error instanceof Refusal);
        assert.match(error.message, /^a\.xml, line 2: the XML is broken: the prefix of <gmll?:pos> is not declared$/);
        return true;
      });
  });

  it('has attributes that are called as things that objects have, and none besides', async () => {
    const root = await read('<a __proto__="1" constructor="2" toString="3"/>');
    assert.deepEqual(
      Object.entries(root.attributes).map(([name, value]) => `${name}=${value}`),
      ['__proto__=1', 'constructor=2', 'toString=3'],
    );
    assert.deepEqual(unreadAttributes(root), ['__proto__', 'constructor', 'toString']);
    const bare = await read('<a/>');
    assert.equal(bare.attributes.constructor, undefined);
    assert.equal(bare.attributes.toString, undefined);
  });

  it('is refused where an element has more attributes than marks have bits', async () => {
    const attributes = (count: number): string => Array.from({ length: count }, (_, k) => `a${k}="${k}"`).join(' ');
    assert.equal(Object.keys((await read(`<a ${attributes(28)}/>`)).attributes).length, 28);
    await assert.rejects(read(`<a ${attributes(29)}/>`), /<a> has more than 28 attributes/);
  });
});
