import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelValidities } from '../../../hazard/gmm/registry.js';

const MODELS_FOLDER = fileURLToPath(new URL('../../../../hazard/gmm/models/', import.meta.url));

/** The publications with equations that logic trees of public models name most often, with one name of each. */
const MOST_USED: readonly (readonly [file: string, name: string])[] = [
  ['boore-atkinson-2008', 'BooreAtkinson2008'],
  ['sadigh-1997', 'SadighEtAl1997'],
  ['chiou-youngs-2008', 'ChiouYoungs2008'],
  ['zhao-2006', 'ZhaoEtAl2006Asc'],
  ['chiou-youngs-2014', 'ChiouYoungs2014'],
  ['akkar-bommer-2010', 'AkkarBommer2010'],
  ['toro-2002', 'ToroEtAl2002'],
  ['atkinson-boore-2006', 'AtkinsonBoore2006'],
  ['boore-2014', 'BooreEtAl2014'],
  ['atkinson-boore-2003', 'AtkinsonBoore2003SInter'],
  ['abrahamson-2015', 'AbrahamsonEtAl2015SInter'],
  ['youngs-1997', 'YoungsEtAl1997SInter'],
  ['campbell-2003', 'Campbell2003'],
  ['abrahamson-2014', 'AbrahamsonEtAl2014'],
  ['abrahamson-gulerce-2020', 'AbrahamsonGulerce2020SInter'],
  ['parker-2020', 'ParkerEtAl2020SInter'],
  ['campbell-bozorgnia-2008', 'CampbellBozorgnia2008'],
  ['kuehn-2020', 'KuehnEtAl2020SInter'],
  ['campbell-bozorgnia-2014', 'CampbellBozorgnia2014'],
  ['cauzzi-faccioli-2008', 'CauzziFaccioli2008'],
  ['cauzzi-2014', 'CauzziEtAl2014'],
  ['montalva-2017', 'MontalvaEtAl2017SInter'],
  ['pezeshk-2011', 'PezeshkEtAl2011'],
  ['akkar-2014', 'AkkarEtAlRjb2014'],
  ['lin-lee-2008', 'LinLee2008SInter'],
  ['nz-nshm-2022-kuehn-2020', 'NZNSHM2022_KuehnEtAl2020SInter'],
  ['bradley-2013', 'Bradley2013'],
  ['allen-2012', 'Allen2012'],
  ['kanno-2006', 'Kanno2006Shallow'],
  ['somerville-2009', 'SomervilleEtAl2009YilgarnCraton'],
  ['nz-nshm-2022-parker', 'NZNSHM2022_ParkerEtAl2020SInter'],
  ['nz-nshm-2022-abrahamson-gulerce-2020', 'NZNSHM2022_AbrahamsonGulerce2020SInter'],
  ['mcverry-2006', 'McVerry2006Asc'],
  ['abrahamson-silva-2008', 'AbrahamsonSilva2008'],
  ['atkinson-macias-2009', 'AtkinsonMacias2009'],
  ['tavakoli-pezeshk-2005', 'TavakoliPezeshk2005'],
  ['atkinson-2015', 'Atkinson2015'],
  ['idriss-2014', 'Idriss2014'],
  ['bindi-2014', 'BindiEtAl2014Rjb'],
  ['bindi-2011', 'BindiEtAl2011'],
];

/** The text of a file of models with those that it takes terms from. */
function withImports(path: string, seen = new Set<string>()): string {
  if (seen.has(path) || !existsSync(path)) return '';
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(/from '(\.{1,2}\/(?:terms\/)?[a-z0-9-]+)\.js'/g)].map(([, from]) =>
    join(dirname(path), `${from}.ts`),
  );
  const near = imports.filter((other) => /\/(models|terms)\//.test(other));
  return [text, ...near.map((other) => withImports(other, seen))].join('\n');
}

describe('the 40 ground-motion models that are used most', () => {
  it('are 40, and say by number where their equations stand', () => {
    assert.equal(new Set(MOST_USED.map(([file]) => file)).size, 40);
    const without = MOST_USED.filter(
      ([file]) => !/\b([Ee]quations?|[Tt]ables?) [A-Z]?\d/.test(withImports(join(MODELS_FOLDER, `${file}.ts`))),
    );
    assert.deepEqual(without, []);
  });

  it('declare where they are valid', async () => {
    const without = [];
    for (const [, name] of MOST_USED)
      if ((await modelValidities({ name, arguments: {} })).length === 0) without.push(name);
    assert.deepEqual(without, []);
  });
});
