import type { InputReport } from '../report.js';
import type { Parameters } from './parameters.js';
import { unknownPostProcessing } from '../calculations/post-processing.js';

const MESSAGE = 'this engine does not support the feature';

/** A request of a job that is right but that the engine does not serve. */
interface MissingFeature {
  readonly feature: string;
  /** the parameter that asks for it; undefined when the job does not */
  readonly asks: (parameters: Parameters) => string | undefined;
}

function mode(name: string, feature: string = name): MissingFeature {
  return {
    feature,
    asks: (parameters) => (parameters.word('calculation_mode') === name ? 'calculation_mode' : undefined),
  };
}

function given(name: string, feature: string): MissingFeature {
  return { feature, asks: (parameters) => ((parameters.text(name) ?? '') === '' ? undefined : name) };
}

/** One line per feature: delete the line when the feature exists. */
const MISSING: readonly MissingFeature[] = [
  mode('aftershock'),
  mode('custom'),
  mode('event_based'),
  mode('scenario'),
  ...['ebrisk', 'multi_risk', 'post_risk', 'classical_risk', 'classical_damage', 'classical_bcr'].map((name) =>
    mode(name, 'risk'),
  ),
  ...['event_based_risk', 'event_based_damage', 'scenario_risk', 'scenario_damage'].map((name) => mode(name, 'risk')),
  {
    feature: 'amplification outside of hazard curves',
    asks: (parameters) => {
      if ((parameters.text('amplification_file') ?? '') === '') return undefined;
      if (!/classical$/.test(parameters.word('calculation_mode') ?? '')) return 'amplification_file';
      return parameters.word('postproc_func') === 'dummy.main' ? undefined : 'postproc_func';
    },
  },
  given('hazard_curves_csv', 'hazard_curves_csv'),
  {
    feature: 'zipped source models',
    asks: (parameters) =>
      /\.zip$/i.test(parameters.text('source_model_logic_tree_file') ?? '')
        ? 'source_model_logic_tree_file'
        : undefined,
  },
];

/** Reports each feature that the job asks for and the engine does not have. */
export function reportMissingFeatures(parameters: Parameters, report: InputReport): void {
  for (const { feature, asks } of MISSING) {
    const name = asks(parameters);
    if (name !== undefined) report.fault({ code: 'UNSUPPORTED', ...parameters.where(name), message: MESSAGE, feature });
  }
  const postProcessing = unknownPostProcessing(parameters);
  if (postProcessing !== undefined) {
    const feature = `postproc_func ${postProcessing}`;
    report.fault({ code: 'UNSUPPORTED', ...parameters.where('postproc_func'), message: MESSAGE, feature });
  }
}
