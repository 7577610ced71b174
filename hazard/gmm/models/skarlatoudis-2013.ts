import { CoefficientTable, readTables } from '../coefficients.js';
import { formDeclaration, log10Deviations } from '../context-form.js';
import type { ModelDeclaration, ModelModule } from '../model.js';
import { LN_CMS2_TO_G } from '../per-measure.js';

const { tables } = readTables(import.meta.url, 'skarlatoudis-2013');

/** km: earthquakes from this depth on are of the deeper group */
const DEEP = 100;

/**
 * Share of the distance-dependent arc term: within the first range of distances it falls from 0, beyond it is 1, as in the
 * reference engine. Distances in km.
 */
function arcShare(rhypo: number, hypoDepth: number): number {
  const [from, to, length] = hypoDepth < 80 ? [205, 335, 150] : [140, 240, 100];
  if (rhypo >= to) return 1;
  return rhypo >= from ? (from - rhypo) / length : 0;
}

/** log10 y = c1 + c2 (M - 5.5) - 1.7 log10 R + c32 (R - 1) + site class + arc term of deep earthquakes, cm/s2 or cm/s. */
function declaration(id: string, table: CoefficientTable): ModelDeclaration {
  return formDeclaration(
    {
      id,
      citation:
        'A. A. Skarlatoudis, C. B. Papazachos, B. N. Margaris, C. Ventouzi, I. Kalogeras, and the EGELADOS Group (2013), Ground-motion prediction equations of intermediate-depth earthquakes in the Hellenic arc, southern Aegean subduction area, Bulletin of the Seismological Society of America 103(3), 1952-1968',
      tectonicRegionType: 'Subduction IntraSlab',
      imts: table.imts,
      component: 'Average Horizontal (RotD50)',
      standardDeviations: ['total', 'inter', 'intra'],
      requires: { rupture: ['mag', 'hypoDepth'], distances: ['rhypo'], site: ['vs30', 'backarc'] },
    },
    (imt, sites) => {
      const c = table.row(imt, id);
      const { vs30, backarc } = sites.numeric;
      const unit = imt.kind === 'PGV' ? 0 : LN_CMS2_TO_G;
      const siteTerms = vs30.map((v) => Math.LN10 * (v < 360 ? c.c62 : v < 760 ? c.c61 : 0) + unit);
      const arc = backarc.map((flag) => Math.LN10 * (flag === 1 ? c.c51 : c.c41));
      const arcSlope = backarc.map((flag) => Math.LN10 * (flag === 1 ? c.c52 : c.c42));
      let event = 0;
      let depth = 0;
      return {
        rupture({ mag, hypoDepth }, r) {
          event = Math.LN10 * (c.c1 + c.c2 * (mag[r] - 5.5));
          depth = hypoDepth[r];
        },
        mean({ rhypo, site }, i) {
          const s = site[i];
          const distance = rhypo[i];
          let value = event - 1.7 * Math.log(distance) + Math.LN10 * c.c32 * (distance - 1) + siteTerms[s];
          if (depth >= DEEP) value += arc[s] + arcSlope[s] * arcShare(distance, depth);
          return value;
        },
        deviations: log10Deviations(c.tau, c.sigma, c.epsilon),
      };
    },
  );
}

export const models: ModelModule['models'] = [
  declaration('SkarlatoudisEtAlSSlab2013', new CoefficientTable(tables.main)),
  declaration('SkarlatoudisEtAlSSlab2013_scaled', new CoefficientTable(tables.scaled)),
];
